import { expect, test } from 'vitest'
import { compilePolicy, decideBothWays, type NotKnown, type PolicySet } from '../../policy/index.ts'

const repository = 'arn:aws:ecr:us-west-2:111122223333:repository/team-a/alpine'
const session = 'arn:aws:sts::111122223333:assumed-role/tester/probe'

interface Written {
  Effect: 'Allow' | 'Deny'
  Condition?: object
  Resource?: string
  NotResource?: string
}

const policyOf = (name: string, statements: Written[], Principal?: string) => ({
  name,
  policy: compilePolicy({
    Version: '2012-10-17',
    Statement: statements.map(each => ({
      ...{ Action: 'ecr:*', ...(Principal ? { Principal } : {}) },
      ...(each.NotResource || Principal ? {} : { Resource: '*' }),
      ...each,
    })),
  }),
})

const unknownKeys = /^aws:(?:sourceip|useragent|tokenissuetime|epochtime|currenttime|referer|sourcevpce?)$/
const notKnown: NotKnown = {
  has: key => unknownKeys.test(key),
  between: {
    'aws:currenttime': ['2026-11-22T00:00:00Z', '2026-11-23T00:00:00Z'],
    'aws:epochtime': [1_795_305_600, 1_795_392_000],
  },
}

function ways(identity: Written[], more: Partial<PolicySet> = {}): string {
  const request = {
    ...{ principal: session, account: '111122223333', action: 'ecr:PutImage', resource: repository },
    resourceAccount: '111122223333',
    context: { 'aws:CurrentTime': '2026-11-22T12:00:00Z', 'aws:PrincipalTag/team': 'a' },
  }
  const { pessimistic, optimistic, turnsOn } = decideBothWays(
    request,
    { identity: [policyOf('own', identity)], ...more },
    notKnown,
  )
  const keys = turnsOn.map(({ key, policy }) => `${key} in ${policy}`).join(', ')
  const [low, high] = [pessimistic, optimistic].map(({ decision, policyType }) =>
    policyType === null ? decision : `${decision} ${policyType}`,
  )
  return low === high ? `${low}` : `${low} or ${high}: ${keys}`
}

const allowIf = (Condition: object): Written => ({ Effect: 'Allow', Condition })
const denyIf = (Condition: object): Written => ({ Effect: 'Deny', Condition })
const allow: Written = { Effect: 'Allow' }
const every = { 'aws:SourceIp': ['0.0.0.0/0', '::/0'] }
const implicit = 'implicitDeny identity-based'

test.each<[string, Written[], string]>([
  ['no condition', [allow], 'allowed'],
  ['an address allows', [allowIf({ IpAddress: every })], `${implicit} or allowed: aws:SourceIp in own`],
  [
    'an address denies',
    [allow, denyIf({ NotIpAddress: every })],
    'explicitDeny identity-based or allowed: aws:SourceIp in own',
  ],
  ['a user agent', [allowIf({ StringLike: { 'aws:UserAgent': '*' } })], `${implicit} or allowed: aws:UserAgent in own`],
  [
    'in another case',
    [allowIf({ StringLike: { 'AWS:useragent': '*' } })],
    `${implicit} or allowed: AWS:useragent in own`,
  ],
  ['Null', [allowIf({ Null: { 'aws:SourceVpce': 'true' } })], `${implicit} or allowed: aws:SourceVpce in own`],
  [
    'IfExists',
    [allowIf({ StringEqualsIfExists: { 'aws:Referer': 'x' } })],
    `${implicit} or allowed: aws:Referer in own`,
  ],
  [
    'ForAllValues',
    [allowIf({ 'ForAllValues:StringEquals': { 'aws:Referer': 'x' } })],
    `${implicit} or allowed: aws:Referer in own`,
  ],
  [
    'a time of sign-in',
    [allowIf({ DateGreaterThan: { 'aws:TokenIssueTime': '2020-01-01T00:00:00Z' } })],
    `${implicit} or allowed: aws:TokenIssueTime in own`,
  ],
  ['a time past all doubt', [allowIf({ DateGreaterThan: { 'aws:CurrentTime': '2020-01-01T00:00:00Z' } })], 'allowed'],
  ['a time that is over', [allowIf({ DateLessThan: { 'aws:CurrentTime': '2020-01-01T00:00:00Z' } })], implicit],
  [
    'a time of today',
    [allowIf({ DateLessThan: { 'aws:CurrentTime': '2026-11-22T13:00:00Z' } })],
    `${implicit} or allowed: aws:CurrentTime in own`,
  ],
  ['seconds past all doubt', [allowIf({ NumericGreaterThan: { 'aws:EpochTime': 1_500_000_000 } })], 'allowed'],
  [
    'a time compared as text',
    [allowIf({ StringLike: { 'aws:CurrentTime': '2026-*' } })],
    `${implicit} or allowed: aws:CurrentTime in own`,
  ],
  [
    'a variable in a value',
    [allowIf({ StringEquals: { 'aws:PrincipalTag/team': '${aws:UserAgent}' } })],
    `${implicit} or allowed: aws:useragent in own`,
  ],
  [
    'a variable in a resource',
    [{ Effect: 'Allow', Resource: 'arn:aws:ecr:*:*:repository/${aws:UserAgent}/*' }],
    `${implicit} or allowed: aws:useragent in own`,
  ],
  [
    'a variable in what is not meant',
    [{ Effect: 'Allow', NotResource: 'arn:aws:ecr:*:*:repository/${aws:UserAgent}/*' }],
    `${implicit} or allowed: aws:useragent in own`,
  ],
  [
    'a key that is known and does not hold',
    [allowIf({ IpAddress: every, StringEquals: { 'aws:PrincipalTag/team': 'b' } })],
    implicit,
  ],
  ['a key that is known', [allowIf({ StringEquals: { 'aws:PrincipalTag/team': 'a' } })], 'allowed'],
  ['a key that is known to be absent', [allowIf({ StringEquals: { 'aws:PrincipalTag/other': 'a' } })], implicit],
  ['allowed whatever it is', [allow, allowIf({ IpAddress: every })], 'allowed'],
  [
    'denied whatever it is',
    [denyIf({ IpAddress: every })],
    'explicitDeny identity-based or implicitDeny identity-based: aws:SourceIp in own',
  ],
  ['another action', [allow, { ...denyIf({ IpAddress: every }), Resource: `${repository}-other` }], 'allowed'],
  ['refused anyhow', [{ Effect: 'Deny' }, allowIf({ IpAddress: every })], 'explicitDeny identity-based'],
])('%s', (_, identity, expected) => {
  expect(ways(identity)).toBe(expected)
})

test.each<[string, Partial<PolicySet>, string]>([
  [
    'a repository policy',
    { resource: [policyOf('of the repository', [denyIf({ NotIpAddress: every })], '*')] },
    'explicitDeny resource-based or allowed: aws:SourceIp in of the repository',
  ],
  [
    'a boundary',
    { boundary: policyOf('fence', [allowIf({ IpAddress: every })]) },
    'implicitDeny permissions boundary or allowed: aws:SourceIp in fence',
  ],
  [
    'a session policy',
    { session: [policyOf('passed', [allowIf({ IpAddress: every })])] },
    'implicitDeny session policy or allowed: aws:SourceIp in passed',
  ],
  [
    'one that refuses, and one of which it is not known',
    {
      boundary: policyOf('fence', [{ Effect: 'Deny' }]),
      session: [policyOf('passed', [denyIf({ IpAddress: every })])],
    },
    'explicitDeny permissions boundary',
  ],
])('%s beside', (_, more, expected) => {
  expect(ways([allow], more)).toBe(expected)
})
