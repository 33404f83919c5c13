import { describe, expect, test } from 'vitest'
import {
  A,
  allow,
  answer,
  B,
  type Case,
  decided,
  deny,
  federated,
  grant,
  repo,
  role,
  root,
  session,
  user,
} from './cases.ts'

type Row = readonly [title: string, given: Case, expected: string]
const check = (rows: readonly Row[]) =>
  test.each(rows)('%s', (_, given, expected) => {
    expect(answer(given)).toBe(expected)
  })

const identityLacks = 'implicitDeny: identity-based'
const boundaryLacks = 'implicitDeny: permissions boundary'
const sessionLacks = 'implicitDeny: session policy'
const resourceLacks = 'implicitDeny: resource-based'
const s3 = [allow({ Action: 's3:*' })]
const all = [allow()]

describe('explicit denies, in the order in which they are named', () => {
  const from = (layers: Case): Case => ({ identity: all, repository: [grant('*')], ...layers })
  check([
    ['identity', from({ identity: [allow(), deny()] }), 'explicitDeny: identity-based'],
    ['repository policy', from({ repository: [grant('*', { Effect: 'Deny' })] }), 'explicitDeny: resource-based'],
    ['boundary', from({ boundary: [allow(), deny()] }), 'explicitDeny: permissions boundary'],
    ['session', from({ principal: session(), session: [allow(), deny()] }), 'explicitDeny: session policy'],
    ['SCP', from({ scps: [[allow(), deny()]] }), 'explicitDeny: service control policy'],
    ['RCP', from({ rcps: [[grant('*', { Effect: 'Deny' })]] }), 'explicitDeny: resource control policy'],
    [
      'endpoint',
      from({ vpcEndpoint: [grant('*'), grant('*', { Effect: 'Deny' })] }),
      'explicitDeny: VPC endpoint policy',
    ],
    [
      'SCP before RCP',
      from({ scps: [[deny()]], rcps: [[grant('*', { Effect: 'Deny' })]] }),
      'explicitDeny: service control policy',
    ],
    [
      'resource before identity',
      from({ identity: [deny()], repository: [grant('*', { Effect: 'Deny' })] }),
      'explicitDeny: resource-based',
    ],
    ['identity before boundary', from({ identity: [deny()], boundary: [deny()] }), 'explicitDeny: identity-based'],
    ['an explicit one before a missing SCP', from({ identity: [deny()], scps: [s3] }), 'explicitDeny: identity-based'],
    [
      'a condition that is not met denies nothing',
      { identity: [allow(), deny({ Condition: { Bool: { 'ex:x': 'true' } } })] },
      'allowed',
    ],
  ])
})

describe('same account, a user', () => {
  check([
    ['nothing', {}, identityLacks],
    ['identity', { identity: all }, 'allowed'],
    ['repository policy names the user', { repository: [grant(user())], boundary: s3 }, 'allowed'],
    ['names another user', { repository: [grant(user('bob'))] }, identityLacks],
    ['user names have case', { repository: [grant(user('Alice'))] }, identityLacks],
    ['a user with a path', { principal: user('x/alice'), repository: [grant(user('x/alice'))] }, 'allowed'],
    ['the path counts', { principal: user('x/alice'), repository: [grant(user())] }, identityLacks],
    ['names the account by ARN', { repository: [grant(root())] }, identityLacks],
    ['names the account by id', { repository: [grant(A)] }, identityLacks],
    ['the account, and identity', { repository: [grant(A)], identity: all }, 'allowed'],
    ['several principals', { repository: [grant([user('bob'), user()])] }, 'allowed'],
    ['everyone', { repository: [grant('*')], boundary: s3 }, 'allowed'],
    ['everyone of AWS', { repository: [grant(['*'])] }, 'allowed'],
    ['by unique id', { principalId: 'AIDAEXAMPLEEXAMPLE123', repository: [grant('AIDAEXAMPLEEXAMPLE123')] }, 'allowed'],
    [
      'by a dead id',
      { principalId: 'AIDAEXAMPLEEXAMPLE123', repository: [grant('AIDAEXAMPLEEXAMPLE999')] },
      identityLacks,
    ],
    ['boundary lacks it', { identity: all, boundary: s3 }, boundaryLacks],
    ['boundary alone grants nothing', { boundary: all }, identityLacks],
    [
      'a denial that names the account',
      { identity: all, repository: [grant(A, { Effect: 'Deny' })] },
      'explicitDeny: resource-based',
    ],
    [
      'a service only',
      { repository: [grant(user(), { Principal: { Service: 'codebuild.amazonaws.com' } })] },
      identityLacks,
    ],
  ])
})

describe('same account, a role session', () => {
  const principal = session()
  check([
    ['nothing', { principal }, identityLacks],
    ['role ARN', { principal, repository: [grant(role())] }, 'allowed'],
    ['role ARN with path', { principal, repository: [grant(role('x/dev'))] }, 'allowed'],
    ['another role', { principal, repository: [grant(role('ops'))] }, identityLacks],
    ['role ARN, boundary lacks', { principal, repository: [grant(role())], boundary: s3 }, boundaryLacks],
    ['role ARN, session lacks', { principal, repository: [grant(role())], session: s3 }, sessionLacks],
    ['role ARN, both lack', { principal, repository: [grant(role())], boundary: s3, session: s3 }, boundaryLacks],
    ['session ARN', { principal, repository: [grant(principal)], boundary: s3, session: s3 }, 'allowed'],
    ['another session', { principal, repository: [grant(`${principal}x`)] }, identityLacks],
    [
      'by the role id',
      { principal, principalId: 'AROAEXAMPLEEXAMPLE123', repository: [grant('AROAEXAMPLEEXAMPLE123')] },
      'allowed',
    ],
    [
      'by the role id, session lacks',
      { principal, principalId: 'AROAEXAMPLEEXAMPLE123', repository: [grant('AROAEXAMPLEEXAMPLE123')], session: s3 },
      sessionLacks,
    ],
    ['everyone', { principal, repository: [grant('*')], boundary: s3, session: s3 }, 'allowed'],
    [
      'a denial by role ARN',
      { principal, identity: all, repository: [grant(role(), { Effect: 'Deny' })] },
      'explicitDeny: resource-based',
    ],
    ['the user of the role name', { principal, repository: [grant(user('dev'))] }, identityLacks],
    ['session policy cannot add', { principal, session: all }, identityLacks],
    ['session policy lacks', { principal, identity: all, session: s3 }, sessionLacks],
    [
      'two session policies are one set',
      { principal, identity: all, session: [...s3, allow({ Action: 'ecr:*' })] },
      'allowed',
    ],
    ['an empty session policy', { principal, identity: all, session: [] }, sessionLacks],
  ])
})

describe('same account, others', () => {
  check([
    ['root', { principal: root() }, 'allowed'],
    ['root, SCP lacks', { principal: root(), scps: [s3] }, 'implicitDeny: service control policy'],
    ['federated user, no session policy', { principal: federated(), identity: all }, sessionLacks],
    ['federated user, both', { principal: federated(), identity: all, session: all }, 'allowed'],
    [
      'federated user, by the user, no session policy',
      { principal: federated(), repository: [grant(user())] },
      sessionLacks,
    ],
    ['federated user, by the user', { principal: federated(), repository: [grant(user())], session: all }, 'allowed'],
    [
      'federated user, by another path',
      { principal: federated(), issuerArn: user('x/alice'), repository: [grant(user())], session: all },
      identityLacks,
    ],
    ['federated user, by its own ARN', { principal: federated(), repository: [grant(federated())] }, 'allowed'],
    [
      'federated user of another name',
      { principal: federated('bob'), repository: [grant(user())], session: all },
      identityLacks,
    ],
    [
      'service named',
      {
        principal: 'codebuild.amazonaws.com',
        repository: [grant(A, { Principal: { Service: ['codebuild.amazonaws.com'] } })],
      },
      'allowed',
    ],
    [
      'service not named',
      { principal: 'codebuild.amazonaws.com', repository: [grant(A)], identity: all },
      resourceLacks,
    ],
    ['service under everyone', { principal: 'codebuild.amazonaws.com', repository: [grant('*')] }, 'allowed'],
    [
      'service, SCPs do not bind it',
      { principal: 'codebuild.amazonaws.com', repository: [grant('*')], scps: [s3] },
      'allowed',
    ],
    ['anonymous under everyone', { principal: 'anonymous', repository: [grant('*')] }, 'allowed'],
    ['anonymous under an account', { principal: 'anonymous', repository: [grant(A)] }, resourceLacks],
  ])
})

describe('across accounts both sides must allow', () => {
  const principal = user('bob', B)
  check([
    ['neither', { principal }, resourceLacks],
    ['identity only', { principal, identity: all }, resourceLacks],
    ['repository only', { principal, repository: [grant(principal)] }, identityLacks],
    ['everyone still needs identity', { principal, repository: [grant('*')] }, identityLacks],
    ['both, by user', { principal, identity: all, repository: [grant(principal)] }, 'allowed'],
    ['both, by account', { principal, identity: all, repository: [grant(B)] }, 'allowed'],
    ['the owner named', { principal, identity: all, repository: [grant(A)] }, resourceLacks],
    ['boundary counts', { principal, identity: all, repository: [grant(principal)], boundary: s3 }, boundaryLacks],
    [
      'session counts, even by session ARN',
      { principal: session('dev', B), identity: all, repository: [grant(session('dev', B))], session: s3 },
      sessionLacks,
    ],
    [
      'a session by its role',
      { principal: session('dev', B), identity: all, repository: [grant(role('dev', B))] },
      'allowed',
    ],
    [
      'a role of that name here',
      { principal: session('dev', B), identity: all, repository: [grant(role('dev'))] },
      resourceLacks,
    ],
    ['root of the other account', { principal: root(B), repository: [grant(B)] }, 'allowed'],
    ['root, not named', { principal: root(B) }, resourceLacks],
    [
      'RCP denies outsiders',
      {
        principal,
        identity: all,
        repository: [grant('*')],
        rcps: [[grant('*', { Effect: 'Deny', Condition: { StringNotEquals: { 'aws:PrincipalAccount': A } } })]],
      },
      'explicitDeny: resource control policy',
    ],
    [
      'GetAuthorizationToken is one’s own',
      { principal, identity: all, action: 'ecr:GetAuthorizationToken', resource: '*' },
      'allowed',
    ],
  ])
})

describe('organizations and endpoints', () => {
  const ok = { identity: all }
  check([
    ['every level must allow', { ...ok, scps: [all, s3] }, 'implicitDeny: service control policy'],
    ['every level allows', { ...ok, scps: [all, [allow({ Action: 'ecr:*' })]] }, 'allowed'],
    ['a level without policies', { ...ok, scps: [all, []] }, 'implicitDeny: service control policy'],
    ['a deny on any level', { ...ok, scps: [[allow(), deny()], all] }, 'explicitDeny: service control policy'],
    ['SCP named before identity', { scps: [s3] }, 'implicitDeny: service control policy'],
    [
      'SCP binds what the repository grants',
      { repository: [grant(user())], scps: [s3] },
      'implicitDeny: service control policy',
    ],
    [
      'service-linked roles are exempt',
      { ...ok, principal: session('AWSServiceRoleForECR'), scps: [s3], rcps: [[grant('*', { Effect: 'Deny' })]] },
      'allowed',
    ],
    [
      'service-linked by path',
      { ...ok, principal: session('x'), issuerArn: role('aws-service-role/ecr.amazonaws.com/x'), scps: [s3] },
      'allowed',
    ],
    ['RCPs only deny', { ...ok, rcps: [[]] }, 'allowed'],
    [
      'RCPs bind root',
      { principal: root(), rcps: [[grant('*', { Effect: 'Deny' })]] },
      'explicitDeny: resource control policy',
    ],
    [
      'RCPs are not for services off the list',
      {
        ...ok,
        action: 'ec2:DescribeInstances',
        resource: '*',
        rcps: [[grant('*', { Effect: 'Deny' })]],
      },
      'allowed',
    ],
    [
      'RCPs are not for iam',
      { ...ok, action: 'iam:GetUser', resource: user(), rcps: [[grant('*', { Effect: 'Deny' })]] },
      'allowed',
    ],
    [
      'endpoint must allow',
      { ...ok, vpcEndpoint: [grant('*', { Action: 's3:*' })] },
      'implicitDeny: VPC endpoint policy',
    ],
    ['endpoint allows', { ...ok, vpcEndpoint: [grant('*')] }, 'allowed'],
    [
      'SCP before endpoint',
      { ...ok, scps: [s3], vpcEndpoint: [grant('*', { Action: 's3:*' })] },
      'implicitDeny: service control policy',
    ],
  ])
})

describe('NotPrincipal', () => {
  const except = (...aws: string[]) => [{ Effect: 'Deny' as const, NotPrincipal: { AWS: aws }, Action: '*' }]
  check([
    ['listed', { identity: all, repository: except(user()) }, 'allowed'],
    ['not listed', { identity: all, repository: except(user('bob')) }, 'explicitDeny: resource-based'],
    ['by account', { identity: all, repository: except(root()) }, 'allowed'],
    ['a session by its role', { principal: session(), identity: all, repository: except(role()) }, 'allowed'],
    [
      'listed, with a boundary',
      { identity: all, boundary: all, repository: except(user()) },
      'explicitDeny: resource-based',
    ],
  ])
})

describe('the answer', () => {
  test('names the statement that denied', () => {
    const { deciding } = decided({
      identity: [allow(), deny({ Sid: 'No', Action: 'ecr:*' }), deny({ Action: 's3:*' })],
    })
    expect(deciding).toEqual([
      { policyType: 'identity-based', policy: 'p', index: 1, sid: 'No', effect: 'Deny', matched: true },
    ])
  })

  test('names the allows that carried it, and only those', () => {
    const { deciding } = decided({ identity: [allow({ Sid: 'Yes' })], boundary: all, repository: [grant(A)] })
    expect(deciding.map(({ policyType, sid }) => [policyType, sid])).toEqual([
      ['identity-based', 'Yes'],
      ['permissions boundary', undefined],
    ])
  })

  test('says what each layer says by itself', () => {
    const { layers } = decided({
      identity: all,
      boundary: s3,
      repository: [grant('*', { Effect: 'Deny' })],
      rcps: [[]],
    })
    expect(Object.fromEntries(layers.map(({ policyType, verdict }) => [policyType, verdict]))).toEqual({
      'service control policy': 'notApplicable',
      'resource control policy': 'allows',
      'resource-based': 'denies',
      'role trust policy': 'notApplicable',
      'identity-based': 'allows',
      'permissions boundary': 'silent',
      'session policy': 'notApplicable',
      'VPC endpoint policy': 'notApplicable',
    })
  })

  test.each([
    ['one type lacks it', { boundary: s3, identity: all }, true],
    ['two types lack it', { boundary: s3 }, false],
    ['an SCP lacks it too', { boundary: s3, scps: [s3] }, true],
    ['two types deny', { identity: [deny()], boundary: [deny()] }, false],
    ['across accounts neither side', { principal: user('bob', B) }, false],
  ])('is sure of the type it names or says so: %s', (_, given, sure) => {
    expect(decided(given).sure).toBe(sure)
  })

  test('a registry policy is a second resource-based policy', () => {
    const registry = grant('*', { Effect: 'Deny', Resource: repo('*') })
    expect(answer({ identity: all, repository: [grant(user()), registry] })).toBe('explicitDeny: resource-based')
  })
})
