import { listDenied } from './example-lab.ts'
import type { ExampleFiles, RuleFacts } from './rule.ts'

const lab = (text: string): string =>
  `# yaml-language-server: $schema=../../schema/lab.schema.json\nid: demo\ntitle: Demo\nneeds: [base]\n${text}`
const steps = (text: string): string => `steps:\n${text}`
const line = 'because no identity-based policy allows the ecr:ListImages action'
const good = steps(listDenied)
const denied = (deny: string): string => steps(listDenied.replace(line, deny))
const listing = (name: string): string => steps(listDenied.replace('{{names.repo}}', name))
const trusting = (file: string): string => `  - id: other
    create-role:
      role-name: other
      assume-role-policy-document: { file: ${file} }
`
const session = `  - id: other-session
    assume-role: { role-arn: "{{steps.other.Role.Arn}}", role-session-name: other }
    identity: other
`
const second = `  - id: second
    create-repository: { repository-name: team-c/alpine }
`
const ofSecond = listDenied.replace('{{names.repo}}', '{{steps.second.repository.repositoryName}}')
const asOther = listDenied.replace('as: reader', 'as: other')
const trust = `{
  "Version": "2012-10-17",
  "Statement": [
    { "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::{{account}}:root" }, "Action": "sts:AssumeRole" }
  ]
}
`
const withTrust = (text: string, file = 'policies/trust.json', document = trust): ExampleFiles => ({
  'lab.yaml': steps(trusting(file) + text),
  'policies/trust.json': document,
})
const call = (operation: string, input: string): string =>
  steps(`  - id: listed
    as: reader
    call: { service: ecr, operation: ${operation}, input: { ${input} } }
    deny: ${line}
`)
const repository = 'repositoryName: "{{names.repo}}"'
const allowed = (output: string): string => steps(listDenied.replace(`deny: ${line}`, `allow: ${output}`))

type Row = [id: string, summary: string, why: string, wrong: ExampleFiles, right: ExampleFiles, at: string]

/** What keeps a lab from being loaded: the checks of `runner/definition`, which `lab run` makes as well. */
const rows: Row[] = [
  [
    'yaml-syntax',
    'The file is not YAML, or uses a part of YAML that labs do without',
    'Tags, merge keys and several documents say in a hidden way what a lab should say openly.',
    lab(`steps:\n${listDenied}---\nid: other\n`),
    lab(good),
    '---',
  ],
  [
    'yaml-too-large',
    'The file holds more values, or deeper ones, than a lab has',
    'A few lines of aliases can stand for gigabytes.',
    lab(`${good}vars: { deep: ${'['.repeat(63)}far down${']'.repeat(63)} }\n`),
    lab(good),
    'far down',
  ],
  [
    'duplicate-key',
    'A key is written twice in the same map',
    'Which of the two counts is up to who reads the file.',
    lab(`title: Again\n${good}`),
    lab(good),
    'title: Again',
  ],
  [
    'unknown-key',
    'A key is none that a lab has',
    'Nobody would read it: a misspelt `hint` or `points` is lost without a word.',
    steps(`${listDenied}    poinst: 1\n`),
    steps(`${listDenied}    points: 1\n    hint: Nothing has granted it.\n`),
    'poinst',
  ],
  [
    'missing-key',
    'A key that must be there is not',
    'The step cannot be sent without it.',
    steps(listDenied.replace('{ repository-name: "{{names.repo}}" }', '{}')),
    good,
    'list-images',
  ],
  [
    'wrong-value',
    'A value is not of the kind that its key takes',
    'Most often a text stands where a number is meant, or a duration has no unit.',
    steps(`${listDenied}    within: 90\n`),
    steps(`${listDenied}    within: 90s\n`),
    '90',
  ],
  [
    'id-not-folder',
    'The id of a lab is not the name of its folder',
    'Labs are found by their folders, and named by their ids: they must be one.',
    lab(good).replace('id: demo', 'id: dmeo'),
    lab(good),
    'dmeo',
  ],
  [
    'no-kind',
    'A step does not say what is to be done',
    'A step has one key that names an operation, such as `list-images`.',
    steps(`${listDenied}  - id: nothing\n    as: reader\n`),
    good,
    'id: nothing',
  ],
  [
    'second-kind',
    'A step is to do two things',
    'A call has one outcome. Two calls are two steps.',
    steps(`${listDenied}    describe-images: { repository-name: "{{names.repo}}" }\n`),
    good,
    'describe-images',
  ],
  [
    'several-outcomes',
    'A step expects two outcomes',
    'A call is allowed, denied, or fails otherwise.',
    steps(`${listDenied}    allow: {}\n`),
    good,
    'deny:',
  ],
  [
    'denial-without-reason',
    'A denial is expected without any reason',
    'A denial that comes for another reason than the lab teaches, such as an expired session, must not pass.',
    denied('any'),
    good,
    'any\n',
  ],
  [
    'denial-as-error',
    'A denial is expected as any other error',
    '`error:` asks for no reason: any policy’s refusal would be taken for the expected one.',
    steps(listDenied.replace(`deny: ${line}`, 'error: { code: AccessDeniedException }')),
    good,
    'AccessDeniedException',
  ],
  [
    'same-id',
    'Two steps have one id',
    'Templates, gradebooks and histories name steps by their ids.',
    steps(listDenied + listDenied.replaceAll('list-images', 'describe-images').replace('ListImages', 'DescribeImages')),
    good,
    'listed\n    as: reader\n    describe',
  ],
  [
    'beside-parallel',
    'A key stands beside `parallel`',
    'It would be for none of the steps of the group.',
    steps(`  - as: reader
    parallel:
      - id: listed
        as: reader
        list-images: { repository-name: "{{names.repo}}" }
        deny: ${line}
`),
    good,
    'as: reader',
  ],
  [
    'minimum-out-of-reach',
    'More points are asked for than there are',
    'Nobody could pass.',
    lab(`minimum: 3\nsteps:\n${listDenied}    points: 1\n    hint: Nothing has granted it.\n`),
    lab(`minimum: 1\nsteps:\n${listDenied}    points: 1\n    hint: Nothing has granted it.\n`),
    '3\n',
  ],
  [
    'unknown-operation',
    'A call names an operation that the service does not have',
    'The SDK has no such command.',
    call('ListImage', repository),
    call('ListImages', repository),
    'ListImage,',
  ],
  [
    'unknown-input',
    'A call has a member that its operation does not take',
    'The SDK drops it, and the call is about something else than meant.',
    call('ListImages', `${repository}, maxResult: 10`),
    call('ListImages', `${repository}, maxResults: 10`),
    'maxResult',
  ],
  [
    'missing-input',
    'A call lacks a member that its operation must have',
    'AWS refuses it before any policy is asked.',
    call('ListImages', 'maxResults: 10'),
    call('ListImages', `${repository}, maxResults: 10`),
    'input:',
  ],
  [
    'unknown-output',
    'A lab expects, or names, a member that the output of an operation does not have',
    'It is never there, so that the lab cannot pass.',
    allowed('{ imageIdz: [] }'),
    allowed('{ imageIds: [] }'),
    'imageIdz',
  ],
  [
    'bad-template',
    'Something in double braces is no template',
    'It would be sent as it stands.',
    listing('{{names.repo'),
    good,
    '{{names.repo',
  ],
  [
    'unknown-template',
    'A template names something that there is not',
    'It would stand for nothing.',
    listing('{{names.rpeo}}'),
    good,
    '{{names.rpeo',
  ],
  [
    'unknown-step',
    'A template names a step that there is not',
    'It would stand for nothing.',
    listing('{{steps.repo.repository.repositoryName}}'),
    listing('{{steps.repository.repository.repositoryName}}'),
    '{{steps.repo.',
  ],
  [
    'later-step',
    'A template names a step that has not been done yet',
    'A step knows the output of earlier steps only, and steps of one `parallel` do not know each other.',
    steps(ofSecond + second),
    steps(second + ofSecond),
    '{{steps.second',
  ],
  [
    'unknown-identity',
    'A step acts as somebody whom no earlier step makes',
    'There are no credentials to act with.',
    steps(listDenied.replace('as: reader', 'as: raeder')),
    good,
    'raeder',
  ],
  [
    'identity-taken',
    'A step gives its credentials a name that is taken before any step',
    '`admin`, `partner` and the identities of labs.yaml are there already.',
    withTrust(session.replace('identity: other', 'identity: partner') + listDenied),
    withTrust(session + asOther),
    'partner',
  ],
  [
    'unknown-superseded',
    '`supersedes` names a step that is none of the lab’s probes, nor of the labs that it needs',
    'A verification then still expects what this lab has changed.',
    steps(`${listDenied}    supersedes: [base/listed]\n`),
    good,
    'base/listed',
  ],
  [
    'unknown-need',
    'A lab needs a lab that there is not',
    'Its steps cannot come first.',
    lab(good).replace('[base]', '[base, bsae]'),
    lab(good),
    'bsae',
  ],
  [
    'needs-in-a-circle',
    'Labs need each other',
    'None of them could begin.',
    lab(good).replace('[base]', '[base, demo]'),
    lab(good),
    'demo]',
  ],
  [
    'document-not-found',
    'A document is not in the folder of the lab',
    'A lab is handed on as a folder: what lies outside of it is not there for the next one.',
    withTrust(session + asOther, 'policies/turst.json'),
    withTrust(session + asOther),
    'policies/turst',
  ],
  [
    'document-not-json',
    'A document is not JSON',
    'AWS would refuse it in fewer words.',
    withTrust(session + asOther, undefined, trust.replace(' }\n  ]', ' },\n  ]')),
    withTrust(session + asOther),
    ',\n  ]',
  ],
  [
    'lab-listed-twice',
    'A catalogue lists a lab twice',
    'The order of the labs is that of the list: a lab has one place in it.',
    { '../../labs.yaml': 'labs: [base, demo, base]\n', 'lab.yaml': lab(good) },
    { '../../labs.yaml': 'labs: [base, demo]\n', 'lab.yaml': lab(good) },
    'base]',
  ],
  [
    'lab-without-file',
    'A catalogue lists a lab that has no lab.yaml',
    '`--all` would promise a lab that cannot be run.',
    { '../../labs.yaml': 'labs: [base, demo, dmeo]\n', 'lab.yaml': lab(good) },
    { '../../labs.yaml': 'labs: [base, demo]\n', 'lab.yaml': lab(good) },
    'dmeo',
  ],
  [
    'unreadable-file',
    'A file cannot be read as text',
    'Files are UTF-8 and of a size that a person could have written.',
    { 'lab.yaml': lab(`description: ${'x'.repeat(1024 * 1024)}\n${good}`) },
    lab(good),
    '# yaml',
  ],
]

/** The rules that the loader itself holds, and one for what has no name. */
export const definitionRules: readonly RuleFacts[] = rows.map(([id, summary, why, wrong, right, at]) => ({
  ...{ id, summary, why, wrong, right, at },
  severity: 'error' as const,
}))
