import fc from 'fast-check'
import { type Denial, type PolicyType, policyTypes } from '../../../assertions/index.ts'

const account = '111122223333'
const principals = [
  `arn:aws:sts::${account}:assumed-role/reader/Practice-1`,
  `arn:aws:sts::${account}:assumed-role/Admin/ann.lee+1=x@example.com`,
  `arn:aws:iam::${account}:user/path/ann.lee`,
  `arn:aws-cn:iam::${account}:root`,
  `arn:aws:sts::${account}:federated-user/guest`,
  'anonymous',
  'arn:aws:sts::<ACCOUNT_ID>:assumed-role/<role name>/${SESSION}',
]

const targets: readonly (readonly [action: string, resource: string | null])[] = [
  ['ecr:ListImages', `arn:aws:ecr:us-west-2:${account}:repository/team-b/alpine`],
  ['ecr:GetAuthorizationToken', '*'],
  ['ecr:DescribeRepositories', `arn:aws:ecr:eu-central-1:${account}:repository/*`],
  ['iam:GetRole', 'role deploy-role.v2'],
  ['iam:CreateRole', `arn:aws:iam::${account}:role/team/deploy`],
  ['iam:GetInstanceProfile', 'instance profile web'],
  ['sts:AssumeRole', `arn:aws:iam::${account}:role/ecr_reader`],
  ['s3:GetObject', 'arn:aws:s3:::bucket-1/folder/key.txt'],
  ['logs:DescribeLogGroups', `arn:aws:logs:us-east-1:${account}:log-group:/app:log-stream:`],
  ['SNS:Publish', `arn:aws:sns:us-east-1:${account}:topic`],
  ['sqs:receivemessage', `arn:aws:sqs:us-east-1:${account}:queue`],
  ['vpc-lattice-svcs:Invoke', `arn:aws:vpc-lattice:us-west-2:${account}:service/svc-0123/`],
  ['ec2:DescribeImages', null],
  ['ecr:PutImage', 'arn:aws:ecr:<region>:[account id]:repository/x'],
  ['glue:GetJobRuns', `arn:aws:glue:us-west-2:${account}:job/Copy of raw`],
]

const policyWords = (type: PolicyType) => (type.endsWith('-based') ? `${type} policy` : type)
const articles: Partial<Record<PolicyType, string>> = { 'identity-based': 'an', 'role trust policy': 'the' }
const policyArns = [
  null,
  `arn:aws:iam::${account}:policy/team/NoList`,
  'arn:aws:organizations::999900001111:policy/o-abc1/service_control_policy/p-1x2y',
]

interface Wrapper {
  name: string
  wrap: (message: string, operation: string) => string
  code: string | null
  hasOperation: boolean
}

const terraform = (line: string) =>
  `╷\n│ Error: creating a thing (x): ${line}\n│ \n│   with aws_thing.this,\n│   on main.tf line 4, in resource "aws_thing" "this":\n╵`

export const wrappers: readonly Wrapper[] = [
  { name: 'bare', wrap: message => message, code: null, hasOperation: false },
  {
    name: 'aws cli',
    wrap: (message, operation) =>
      `An error occurred (AccessDeniedException) when calling the ${operation} operation: ${message}`,
    code: 'AccessDeniedException',
    hasOperation: true,
  },
  {
    name: 'aws cli 2',
    wrap: (message, operation) =>
      `\naws: [ERROR]: An error occurred (AccessDenied) when calling the ${operation} operation (reached max retries: 4): ${message}\n`,
    code: 'AccessDenied',
    hasOperation: true,
  },
  {
    name: 'old cli',
    wrap: (message, operation) =>
      `A client error (AccessDenied) occurred when calling the ${operation} operation: ${message}`,
    code: 'AccessDenied',
    hasOperation: true,
  },
  {
    name: 'botocore',
    wrap: (message, operation) =>
      `botocore.exceptions.ClientError: An error occurred (AccessDenied) when calling the ${operation} operation: ${message}\nexit status 1`,
    code: 'AccessDenied',
    hasOperation: true,
  },
  {
    name: 'go 1',
    wrap: message =>
      `Error: AccessDeniedException: ${message}\n\tstatus code: 400, request id: 1b7d3c4e-aaaa-4bbb-8ccc-0123456789ab`,
    code: 'AccessDeniedException',
    hasOperation: false,
  },
  {
    name: 'go 2',
    wrap: (message, operation) =>
      `operation error ECR: ${operation}, https response error StatusCode: 400, RequestID: 1b7d3c4e-aaaa-4bbb-8ccc-0123456789ab, api error AccessDeniedException: ${message}`,
    code: 'AccessDeniedException',
    hasOperation: true,
  },
  {
    name: 'terraform',
    wrap: (message, operation) =>
      terraform(
        `operation error IAM: ${operation}, https response error StatusCode: 403, RequestID: 1b7d3c4e-aaaa-4bbb-8ccc-0123456789ab, api error AccessDenied: ${message}`,
      ),
    code: 'AccessDenied',
    hasOperation: true,
  },
  {
    name: 'java 1',
    wrap: message =>
      `com.amazonaws.services.ecr.model.AmazonECRException: ${message} (Service: AmazonECR; Status Code: 400; Error Code: AccessDeniedException; Request ID: 1b7d3c4e-aaaa-4bbb-8ccc-0123456789ab)`,
    code: 'AccessDeniedException',
    hasOperation: false,
  },
  {
    name: 'java 2',
    wrap: message =>
      `software.amazon.awssdk.services.s3.model.S3Exception: ${message} (Service: S3, Status Code: 403, Request ID: ABCDEFGH12345678) (SDK Attempt Count: 1)`,
    code: null,
    hasOperation: false,
  },
  {
    name: 'cloudformation',
    wrap: message =>
      `Resource handler returned message: "${message} (Service: Iam, Status Code: 403, Request ID: 1b7d3c4e-aaaa)" (RequestToken: 77aa, HandlerErrorCode: AccessDenied)`,
    code: null,
    hasOperation: false,
  },
  {
    name: 'docker',
    wrap: message =>
      `The push refers to repository [x.dkr.ecr.us-east-1.amazonaws.com/y]\n0a1b: Preparing \ndenied: ${message}`,
    code: 'denied',
    hasOperation: false,
  },
  {
    name: 'docker pull',
    wrap: message =>
      `Error response from daemon: pull access denied for x/y, repository does not exist or may require 'docker login': denied: ${message}`,
    code: 'denied',
    hasOperation: false,
  },
  {
    name: 'xml',
    wrap: message =>
      `<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>${message}</Message></Error><RequestId>1b7d3c4e-aaaa</RequestId></ErrorResponse>`,
    code: 'AccessDenied',
    hasOperation: false,
  },
  {
    name: 'json',
    wrap: message => JSON.stringify({ __type: 'AccessDeniedException', message }),
    code: 'AccessDeniedException',
    hasOperation: false,
  },
  {
    name: 'json, type last',
    wrap: message =>
      JSON.stringify({ Message: message, __type: 'com.amazon.coral.service#AccessDeniedException' }, null, 2),
    code: 'AccessDeniedException',
    hasOperation: false,
  },
  {
    name: 'cloudtrail, escaped twice',
    wrap: message => JSON.stringify(JSON.stringify({ errorCode: 'AccessDenied', errorMessage: message })),
    code: 'AccessDenied',
    hasOperation: false,
  },
  {
    name: 'php',
    wrap: (message, operation) =>
      `Error executing "${operation}" on "https://sts.amazonaws.com"; AWS HTTP error: Client error: AccessDenied (client): ${message} - <ErrorResponse>`,
    code: 'AccessDenied',
    hasOperation: true,
  },
  {
    name: 'ruby',
    wrap: message => `Aws::ECR::Errors::AccessDeniedException: ${message}\n  from app.rb:1`,
    code: 'AccessDeniedException',
    hasOperation: false,
  },
  {
    name: 'ruby, uncaught',
    wrap: message =>
      `plugins/raise_response_errors.rb:17:in \`call': ${message} (Aws::ECR::Errors::AccessDeniedException)\n\tfrom app.rb:1`,
    code: 'AccessDeniedException',
    hasOperation: false,
  },
  {
    name: 'javascript',
    wrap: message => `AccessDeniedException: ${message}\n    at throwDefaultError (/app/node_modules/x.js:1:2) {`,
    code: 'AccessDeniedException',
    hasOperation: false,
  },
  {
    name: 'log',
    wrap: message => `2026-01-02T03:04:05Z ERROR [worker] ${message}\n2026-01-02T03:04:06Z INFO bye`,
    code: null,
    hasOperation: false,
  },
]

export interface Generated {
  text: string
  truth: Denial
  /** How the text was damaged, for the failure report. */
  damage: string
  /** A cut text ends within a field, which then is a beginning of the true one. */
  cutEnd: boolean
}

export interface Parts {
  principal: string
  target: readonly [string, string | null]
  type: PolicyType | null
  decision: 'implicitDeny' | 'explicitDeny' | null
  policyArn: string | null
  wrapper: Wrapper
  suffix: number
}

const reasonOf = ({ type, decision, target: [action] }: Parts, arn: string | null): string => {
  if (decision === null) return ''
  if (decision === 'implicitDeny')
    return ` because no ${policyWords(type ?? 'identity-based')} allows the ${action} action`
  if (type === null) return ' with an explicit deny'
  return ` with an explicit deny in ${articles[type] ?? 'a'} ${policyWords(type)}${arn === null ? '' : `: ${arn}`}`
}

const suffixes = [
  '',
  '. Go to https://us-east-1.console.aws.amazon.com/iam/home?region=us-east-1#/authorization-details/ab12cd for complete details, or call the GetRequestAuthorizationDetails API with the following authorization id: ab12cd',
  '. Encoded authorization failure message: q1-W_e2r3t4y5',
]

export const sentenceOf = (parts: Parts): { text: string; truth: Denial } => {
  const { principal, target, wrapper } = parts
  const [action, resource] = target
  const type =
    parts.decision === 'implicitDeny' ? (parts.type ?? 'identity-based') : parts.decision === null ? null : parts.type
  const policyArn = parts.decision === 'explicitDeny' && type !== null ? parts.policyArn : null
  const printed = action.startsWith('s3:') ? `"${resource}"` : resource
  const suffix = parts.decision === null ? '' : (suffixes[parts.suffix] ?? '')
  const where = resource === null ? '' : ` on resource: ${printed}`
  const message = `User: ${principal} is not authorized to perform: ${action}${where}${reasonOf(parts, policyArn)}${suffix}`
  const operation = action.split(':')[1] ?? ''
  const truth = {
    code: wrapper.code,
    operation: wrapper.hasOperation ? operation : null,
    principal,
    action,
    resource,
    decision: parts.decision,
    policyType: type,
    policyArn,
  }
  return { text: wrapper.wrap(message, operation), truth }
}

const breaks = ['\n', ' \n', '\n  ', '\r\n', ' \n// ', '\n# ', '\n### ', '\n> ', '\n│ ', '\\n']

type Damage = (text: string, at: number, more: number, how: string) => string

const wordWrap = (text: string, width: number, separator: string): string => {
  let column = 0
  return text.replace(/[^ \n]+( |$)/g, word => {
    const isFull = column > 0 && column + word.length > width
    column = isFull ? word.length : column + word.length
    return isFull ? separator + word : word
  })
}

export const damages: Record<string, Damage> = {
  none: text => text,
  'break anywhere': (text, at, _, how) => text.slice(0, at) + how + text.slice(at),
  'break at a blank': (text, at, _, how) => {
    const blank = text.indexOf(' ', at)
    return blank < 0 ? text : text.slice(0, blank) + how + text.slice(blank + 1)
  },
  'two breaks': (text, at, more, how) => {
    const [first, second] = [Math.min(at, more), Math.max(at, more)]
    return text.slice(0, first) + how + text.slice(first, second) + how + text.slice(second)
  },
  'word wrap': (text, _, more, how) => wordWrap(text, 30 + (more % 60), how),
  'hard wrap': (text, _, more, how) => {
    const width = 20 + (more % 60)
    return (text.match(new RegExp(`[^\\n]{1,${width}}|\\n`, 'g')) ?? []).join(how).replaceAll(`${how}\n${how}`, '\n')
  },
  'cut end': (text, at) => text.slice(0, at),
  'cut end with dots': (text, at) => `${text.slice(0, at)}...`,
  'cut front': (text, at) => text.slice(at),
  'double quotes': text => `"${text}"`,
  'single quotes': text => `'${text}'`,
  'escaped quotes': text => `\\"${text.replaceAll('"', '\\"')}\\"`,
  'comment leader': text =>
    text
      .split('\n')
      .map(line => `# ${line}`)
      .join('\n'),
  'quote leader': text =>
    text
      .split('\n')
      .map(line => `> ${line}`)
      .join('\n'),
  'slashes leader': text =>
    text
      .split('\n')
      .map(line => `// ${line}`)
      .join('\n'),
}

/** Every policy type, decision, wrapping and damage, in any mixture. */
export const generatedDenial: fc.Arbitrary<Generated> = fc
  .record({
    principal: fc.constantFrom(...principals),
    target: fc.constantFrom(...targets),
    type: fc.constantFrom(...policyTypes, null),
    decision: fc.constantFrom('implicitDeny' as const, 'explicitDeny' as const, 'explicitDeny' as const, null),
    policyArn: fc.constantFrom(...policyArns),
    wrapper: fc.constantFrom(...wrappers),
    suffix: fc.nat(2),
    damage: fc.constantFrom(...Object.keys(damages)),
    at: fc.noBias(fc.integer({ min: 0, max: 9999 })),
    more: fc.noBias(fc.integer({ min: 0, max: 9999 })),
    how: fc.constantFrom(...breaks),
  })
  .map(({ damage, at, more, how, ...parts }) => {
    const { text, truth } = sentenceOf(parts)
    const place = (share: number) => Math.floor((share / 10_000) * (text.length + 1))
    const damaged = damages[damage]?.(text, place(at), place(more), how) ?? text
    return { text: damaged, truth, damage: `${damage} (${parts.wrapper.name})`, cutEnd: damage.startsWith('cut end') }
  })
