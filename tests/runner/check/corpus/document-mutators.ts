import { type Edit, edit, inIdentity, inPolicy, inRepository, type Mutator } from './mutator.ts'

const policy = (rule: string, files: Edit['files'], find: RegExp, put: Edit['put'], at = ''): Mutator =>
  edit({ rule, files, find, put, at })

/** A condition put before the effect of a statement that has none. */
const condition = (rule: string, files: Edit['files'], written: string, at = ''): Mutator =>
  policy(
    rule,
    (name, text, id) => files(name, text, id) && !text.includes('"Condition"'),
    /"Effect": "\w+",/g,
    ([effect]) => `"Condition": { ${written} }, ${effect}`,
    at,
  )

/** A document of one statement over several lines, without a Sid. */
const single =
  (files: Edit['files']): Edit['files'] =>
  (name, text, id) =>
    files(name, text, id) && (text.match(/"Effect"/g) ?? []).length === 1 && !text.includes('"Sid"')
const statement = /\{\n {6}"[\s\S]*?\n {4}\}/g
const allows =
  (files: Edit['files']): Edit['files'] =>
  (name, text, id) =>
    files(name, text, id) && !text.includes('"Deny"')

const onArn = (name: string, text: string): boolean => inIdentity(name, text) && !text.includes('"*"')
/** A wildcard is wide where the lab asks for little of it. */
const narrow = (name: string, text: string, id: string): boolean =>
  inPolicy(name, text) && ['identity-policies', 'repository-policies', 'describe-repository'].includes(id)
/** Not a boundary and not a session's limit: they grant nothing. */
const grants = (name: string, text: string): boolean => onArn(name, text) && !/boundary|session/.test(name)
/** Documents that their labs hold against AWS's refusal have their mistakes on purpose. */
const meant =
  (files: Edit['files']): Edit['files'] =>
  (name, text, id) =>
    files(name, text, id) && !/as-printed|printed-|half|with-resource/.test(name)

const all: readonly Mutator[] = [
  policy('document-not-json', inPolicy, /"Version": /g, () => '"Version" '),
  policy('duplicate-json-key', meant(inPolicy), /"Effect": "\w+",/g, ([effect]) => `${effect} ${effect}`),
  policy(
    'policy-refused',
    meant((name, text) => inIdentity(name, text) && !text.includes('"Sid"')),
    /\{\s*"Effect": "\w+",/g,
    ([start]) => start.replace('"Effect"', '"Sid": "not a sid", "Effect"'),
  ),
  policy('unknown-action', meant(inPolicy), /"ecr:[A-Z]\w+"/g, ([action]) => action.replace(/"$/, 'z"')),
  policy('unknown-service', meant(inIdentity), /"ecr:[A-Z]\w+"/g, ([action]) => action.replace('ecr', 'erc')),
  policy('action-on-resource', grants, /"ecr:[A-Z]\w+"/g, () => '"ecr:GetAuthorizationToken"'),
  policy(
    'resource-of-other-kind',
    grants,
    /"\{\{steps\.[\w-]+\.repository\.repositoryArn\}\}"/g,
    () => '"arn:aws:s3:::a-bucket"',
  ),
  policy(
    'unknown-resource',
    grants,
    /"\{\{steps\.[\w-]+\.repository\.repositoryArn\}\}"/g,
    () => '"arn:aws:ecr:{{region}}:{{account}}:repository/nobody/made-it"',
  ),
  condition('unknown-condition-key', meant(inPolicy), '"StringEquals": { "aws:NoSuchKey": "x" }'),
  condition(
    'unsupported-condition-key',
    meant((name, text) => onArn(name, text) && /"ecr:[A-Z]/.test(text)),
    '"StringEquals": { "aws:RequestTag/team": "a" }',
  ),
  condition('wrong-operator', meant(inPolicy), '"StringEquals": { "aws:SourceIp": "10.0.0.0/8" }'),
  condition('wildcard-in-equals', meant(inPolicy), '"StringEquals": { "aws:PrincipalTag/team": "a*" }'),
  condition(
    'contradicting-conditions',
    meant(inPolicy),
    '"StringEquals": { "aws:PrincipalTag/team": "a" }, "StringNotEquals": { "aws:PrincipalTag/team": "a" }',
  ),
  policy('missing-version', meant(inRepository), /\{\s*"Version": "[\d-]+",\n/g, () => '{\n'),
  policy(
    'variable-in-old-version',
    meant(inRepository),
    /"Version": "2012-10-17"([\s\S]*?)"Effect"/g,
    ([, rest]) =>
      `"Version": "2008-10-17"${rest}"Condition": { "StringEquals": { "aws:PrincipalTag/team": "\${aws:username}" } }, "Effect"`,
  ),
  policy(
    'repeated-statement',
    single(meant(inPolicy)),
    statement,
    ([block]) => `${block},\n    ${block}`.replace(',\n    {', ',\n   \t{'),
    '\t{',
  ),
  policy(
    'repeated-action',
    meant(inPolicy),
    /"Action": "(ecr:[A-Z]\w+)"/g,
    ([, action]) => `"Action": ["${action}", "${action?.toLowerCase()}"]`,
  ),
  policy(
    'allow-under-deny',
    allows(single(meant(onArn))),
    statement,
    ([block]) => `${block},\n    { "Effect": "Deny", "Action": "*", "Resource": "*" }`,
  ),
  policy(
    'not-principal-deny',
    meant(inRepository),
    /"Effect": "Deny",\s*"Principal"/g,
    ([all]) => all.replace('"Principal"', '"NotPrincipal"'),
    '"NotPrincipal"',
  ),
  policy('allow-all-but', allows(meant(inIdentity)), /"Action"/g, () => '"NotAction"'),
  policy(
    'open-to-anyone',
    allows(meant(inRepository)),
    /"Principal": \{[^{}]*(\{\{[^{}]*\}\}[^{}]*)*\}/g,
    () => '"Principal": "*"',
  ),
  policy(
    'self-lockout',
    (name, text, id) => meant(inRepository)(name, text, id) && id !== 'lockout',
    /\n {4}\}\n {2}\]/g,
    () => '\n    },\n    { "Effect": "Deny", "Principal": "*", "Action": "ecr:SetRepositoryPolicy" }\n  ]',
    '{ "Effect": "Deny"',
  ),
  policy(
    'wide-action',
    (...of) => narrow(...of) && meant(inPolicy)(...of) && allows(inPolicy)(...of),
    /"ecr:[A-Z]\w+"/g,
    () => '"ecr:*"',
  ),
  policy(
    'wide-resource',
    allows(grants),
    /"(arn:aws:ecr:[^"]*|\{\{steps\.[\w-]+\.repository\.repositoryArn\}\})"/g,
    () => '"*"',
  ),
  policy(
    'unknown-principal',
    meant(inRepository),
    /"\{\{steps\.[\w-]+\.(Role|User)\.Arn\}\}"/g,
    () => '"arn:aws:iam::{{account}}:role/nobody_made_it"',
  ),
  policy(
    'literal-account',
    (name, text) => name.endsWith('.json') && text.includes('{{account}}'),
    /\{\{account\}\}/g,
    () => '111122223333',
  ),
  policy(
    'literal-region',
    (name, text) => name.endsWith('.json') && text.includes('{{region}}'),
    /\{\{region\}\}/g,
    () => 'us-west-2',
  ),
  policy(
    'lockout-of-all',
    (name, _, id) => id === 'lockout' && name.endsWith('/lockout.json'),
    /\{\s*"Sid"[^{}]*"Principal": \{[^{}]*(\{\{[^{}]*\}\}[^{}]*)*\}/g,
    ([start]) => start.replace(/"Principal": [\s\S]*/, '"Principal": "*"'),
  ),
]

/** Mistakes in policy documents. */
export const documentMutators: readonly Mutator[] = all
