import { type Edit, edit, inLab, type Mutator } from './mutator.ts'

/** The first words of a finding's line stand at `at`; the rest is the mistake. */
const lab = (rule: string, find: RegExp, put: Edit['put'], at = '', only: Edit['files'] = () => true): Mutator =>
  edit({ rule, files: (name, text, id) => inLab(name) && only(name, text, id), find, put, at })

const graded = (_: string, text: string): boolean => /points:/.test(text)
const probe = /( +)- id: ([\w-]+)\n +as: \w+\n +list-images: [^\n]*\n +(?:allow|deny): [^\n]*\n/g
const made = /( +)- id: ([\w-]+)\n +create-repository: [^\n]*\n(?! +error)/g
const atEnd = /(?<=\n)$/g
/** Not one that others need: what is wrong with it keeps those from being checked, and it with them. */
const alone = (_: string, __: string, id: string): boolean => !['ecr-repositories', 'identity-policies'].includes(id)

/** Mistakes in lab.yaml, each with the line at which it must be found. */
export const labMutators: readonly Mutator[] = [
  lab('yaml-syntax', /title: /g, () => 'title: !text ', '!text'),
  lab('duplicate-key', /title: [^\n]*\n/g, ([line]) => `${line}title: Again\n`, 'title: Again'),
  lab('unknown-key', /points: \d/g, () => 'poinst: 1'),
  lab('missing-key', /list-images: \{ repository-name: "[^"]*" \}/g, () => 'list-images: {}'),
  lab('wrong-value', /points: \d/g, () => 'points: many'),
  lab('id-not-folder', /^id: .*$/gm, () => 'id: another-lab'),
  lab('no-kind', /- id: [\w-]+\n( +as: \w+\n)? +list-images: [^\n]*\n/g, ([all]) =>
    all.replace(/ +list-images.*\n/, ''),
  ),
  lab(
    'second-kind',
    /( +)list-images: [^\n]*\n/g,
    ([line, indent]) => `${line}${indent}describe-images: {}\n`,
    'describe',
  ),
  lab('several-outcomes', /( +)allow: \{\}\n/g, ([line, indent]) => `${line}${indent}error: { code: Oops }\n`, 'error'),
  lab('denial-without-reason', /deny: because [^\n]*/g, () => 'deny: any'),
  lab('denial-as-error', /deny: because [^\n]*/g, () => 'error: { code: AccessDeniedException }'),
  lab('same-id', probe, ([block, , id]) => `${block}${block.replace(`id: ${id}`, `id: "${id}"`)}`, 'id: "'),
  lab('minimum-out-of-reach', atEnd, () => 'minimum: 9999\n', '', graded),
  lab('unknown-operation', /operation: (\w+)/g, ([all]) => `${all}z`),
  lab('unknown-input', /input: \{ repositoryName/g, all => `${all[0]}z`),
  lab('unknown-output', /allow: \{ (\w+)/g, ([all]) => `${all}z`),
  lab('unknown-template', /\{\{names\.(\w+)\}\}/g, () => '{{names.nothingOfThis}}'),
  lab('bad-template', /"\{\{names\.(\w+)\}\}"/g, ([, name]) => `"{{names.${name}"`),
  lab('unknown-step', /\{\{steps\.[\w-]+\./g, () => '{{steps.nowhere.'),
  lab('unknown-identity', /as: (?!partner)\w+/g, () => 'as: nobodyAtAll'),
  lab('identity-taken', /^( +)identity: \w+$/gm, ([, indent]) => `${indent}identity: partner`),
  lab('unknown-superseded', /supersedes: \[([\w-]+)\/[\w-]+/g, ([, of]) => `supersedes: [${of}/nothing-of-this`),
  lab('unknown-need', /needs: \[/g, () => 'needs: [nowhere, '),
  lab('document-not-found', /\{ file: policies\//g, () => '{ file: policies/not-'),
  lab('fixed-wait', /^steps:\n/gm, ([all]) => `${all}  - wait: 5s\n`, '- wait'),
  lab(
    'short-within',
    /list-images: [^\n]*\n( +)deny: because [^\n]*\n/g,
    ([line, i]) => `${line}${i}within: 2s\n${i}stays: 1s\n`,
    'within',
  ),
  lab(
    'stays-beyond-within',
    /( +)deny: because [^\n]*\n/g,
    ([l, i]) => `${l}${i}within: 20s\n${i}stays: 90s\n`,
    'stays',
  ),
  lab('unused-name', /^names:\n/gm, ([all]) => `${all}  spareThing: spare\n`, 'spareThing'),
  lab(
    'unused-var',
    /^steps:\n/gm,
    ([all]) => `vars:\n  spareValue: 1\n${all}`,
    'spareValue',
    (_, text) => !/^vars:/m.test(text),
  ),
  lab(
    'unused-identity',
    /\{ role-arn: "\{\{steps\.[\w-]+\.Role\.Arn\}\}", role-session-name: chained \}\n( +)allow: \{\}\n/g,
    ([all, indent]) => `${all}${indent}identity: spareOne\n`,
    'identity: spareOne',
  ),
  lab(
    'unused-need',
    /^names:\n/gm,
    ([all]) => `needs: [ecr-repositories]\n${all}`,
    '',
    (_, text, id) => id !== 'ecr-repositories' && !/^needs:/m.test(text),
  ),
  lab('unused-thing', atEnd, () => '  - id: spare\n    create-repository: { repository-name: spare/thing }\n'),
  lab(
    'unverified-points',
    atEnd,
    () => '  - id: spare\n    command: { run: [make, nothing] }\n    points: 1\n    hint: Nothing.\n',
    'points',
  ),
  lab(
    'points-without-id',
    /- id: [\w-]+\n +(as: \w+\n +list-images: [^\n]*\n +(?:allow|deny): [^\n]*\n +points: \d)/g,
    ([, rest]) => `- ${rest}`,
    '',
    alone,
  ),
  lab(
    'same-probe-twice',
    probe,
    ([block, , id]) => `${block}${block.replace(`id: ${id}`, `id: ${id}-once-more`)}`,
    '-once-more',
  ),
  lab(
    'made-twice',
    made,
    ([block, , id]) => `${block}${block.replace(`id: ${id}`, `id: ${id}-once-more`)}`,
    '-once-more',
  ),
  lab(
    'nobody-makes-it',
    /list-images: \{ repository-name: "[^"]*" \}/g,
    () => 'list-images: { repository-name: nowhere/at-all }',
  ),
  lab('weak-denial', /deny: because [^\n]*/g, () => 'deny: { code: AccessDeniedException }'),
  lab('other-action-denied', /because no ([\w -]+) allows the ecr:\w+ action/g, ([all]) =>
    all.replace(/ecr:\w+/, 'ecr:PutLifecyclePolicy'),
  ),
  lab(
    'denial-without-cause',
    /deny: because no identity-based policy allows the ecr:[^\n]*/g,
    () => 'deny: with an explicit deny in a session policy',
    '',
    // What policies of AWS say is not in the lab's files.
    (_, text, id) => id !== 'session-policy' && !text.includes('iam::aws:policy'),
  ),
  lab('no-schema-line', /^# yaml-language-server[^\n]*\n/g, () => ''),
  lab('idle-comment', /title: [^\n]*/g, ([all]) => `${all} # lab-check-disable-line fixed-wait: once needed`),
  lab(
    'comment-without-reason',
    /^steps:\n/gm,
    ([all]) => `${all}  - wait: 5s # lab-check-disable-line fixed-wait\n`,
    '- wait',
  ),
  lab('unsettled-change', / {2}#[^\n]*\n {2}- parallel:\n(?= {6}- id: production-stays)/g, () => ''),
]
