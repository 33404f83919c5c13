import { describe, expect, test } from 'vitest'
import { A, allow, answer, B, type Case, deny, federated, grant, role, root, session, user } from '../cases.ts'

const target = role('target')
const assume = (given: Case): Case => ({ action: 'sts:AssumeRole', resource: target, ...given })
const trustLacks = 'implicitDeny: role trust policy'
const identityLacks = 'implicitDeny: identity-based'
const nobody = 'implicitDeny: null'
const all = [allow()]
const s3 = [allow({ Action: 's3:*' })]

describe('AssumeRole', () => {
  const bob = user('bob', B)
  test.each<[string, Case, string]>([
    ['user named', { trust: [grant(user())] }, 'allowed'],
    ['everyone', { trust: [grant('*')] }, 'allowed'],
    ['account named, nothing else', { trust: [grant(A)] }, identityLacks],
    ['account named, identity', { trust: [grant(root())], identity: all }, 'allowed'],
    ['nobody named, administrator', { trust: [grant(user('bob'))], identity: all }, trustLacks],
    ['no trust policy at all', { identity: all }, trustLacks],
    [
      'the boundary counts although the user is named',
      { trust: [grant(user())], boundary: s3 },
      'implicitDeny: permissions boundary',
    ],
    ['role session by its role', { principal: session(), trust: [grant(role())] }, 'allowed'],
    [
      'role session by its role, session policy lacks',
      { principal: session(), trust: [grant(role())], session: s3 },
      'implicitDeny: session policy',
    ],
    ['role session by name', { principal: session(), trust: [grant(session())] }, 'allowed'],
    ['its own role, not named', { principal: session('target'), trust: [grant(user())], identity: all }, trustLacks],
    [
      'denied by trust',
      { trust: [grant(A), grant(user(), { Effect: 'Deny' })], identity: all },
      'explicitDeny: role trust policy',
    ],
    ['denied by identity', { trust: [grant(user())], identity: [deny()] }, 'explicitDeny: identity-based'],
    ['cross-account, both', { principal: bob, trust: [grant(B)], identity: all }, 'allowed'],
    ['cross-account, user named, no identity', { principal: bob, trust: [grant(bob)] }, identityLacks],
    ['cross-account, everyone, no identity', { principal: bob, trust: [grant('*')] }, identityLacks],
    ['cross-account, identity only', { principal: bob, identity: all, trust: [grant(A)] }, trustLacks],
    [
      'an external id',
      {
        principal: bob,
        identity: all,
        trust: [grant(B, { Condition: { StringEquals: { 'sts:ExternalId': 'x' } } })],
        context: { 'sts:ExternalId': 'x' },
      },
      'allowed',
    ],
    [
      'without the external id',
      { principal: bob, identity: all, trust: [grant(B, { Condition: { StringEquals: { 'sts:ExternalId': 'x' } } })] },
      trustLacks,
    ],
    ['root never', { principal: root(), trust: [grant(root())] }, nobody],
    ['a federated user never', { principal: federated(), trust: [grant('*')], identity: all, session: all }, nobody],
    [
      'a service',
      { principal: 'ec2.amazonaws.com', trust: [grant(A, { Principal: { Service: 'ec2.amazonaws.com' } })] },
      'allowed',
    ],
    [
      'another service',
      { principal: 'ecs.amazonaws.com', trust: [grant(A, { Principal: { Service: 'ec2.amazonaws.com' } })] },
      trustLacks,
    ],
    ['SCP', { trust: [grant(user())], scps: [s3] }, 'implicitDeny: service control policy'],
    [
      'RCP',
      { trust: [grant(user())], rcps: [[grant('*', { Effect: 'Deny' })]] },
      'explicitDeny: resource control policy',
    ],
    ['a repository policy has no say', { repository: [grant(user())], trust: [grant(A)] }, identityLacks],
  ])('%s', (_, given, expected) => {
    expect(answer(assume(given))).toBe(expected)
  })

  test('a trust policy speaks of assuming only', () => {
    expect(answer({ action: 'iam:GetRole', resource: target, trust: [grant(user())] })).toBe(identityLacks)
    expect(
      answer({ action: 'iam:GetRole', resource: target, trust: [grant(user(), { Effect: 'Deny' })], identity: all }),
    ).toBe('allowed')
  })
})

describe.each(['sts:TagSession', 'sts:SetSourceIdentity'])('%s', action => {
  test.each<[string, Case, string]>([
    ['a user by its own policy', { identity: all, trust: [grant(A, { Action: 'sts:AssumeRole' })] }, 'allowed'],
    ['a user by the trust policy', { trust: [grant(user())] }, 'allowed'],
    ['a user by neither', { trust: [grant(A)] }, identityLacks],
    ['chained, both', { principal: session(), identity: all, trust: [grant(role())] }, 'allowed'],
    [
      'chained, identity only',
      { principal: session(), identity: all, trust: [grant(role(), { Action: 'sts:AssumeRole' })] },
      trustLacks,
    ],
    ['chained, trust only', { principal: session(), trust: [grant(role())] }, identityLacks],
    [
      'cross-account, identity only',
      { principal: user('bob', B), identity: all, trust: [grant(B, { Action: 'sts:AssumeRole' })] },
      trustLacks,
    ],
    ['cross-account, both', { principal: user('bob', B), identity: all, trust: [grant(B)] }, 'allowed'],
  ])('%s', (_, given, expected) => {
    expect(answer({ ...assume(given), action })).toBe(expected)
  })
})

describe('web identity and SAML', () => {
  const provider = `arn:aws:iam::${A}:oidc-provider/example.com`
  const federatedBy = (name: string) => [grant(A, { Principal: { Federated: name } })]
  test.each<[string, Case, string]>([
    ['provider named', { principal: provider, trust: federatedBy(provider) }, 'allowed'],
    ['another provider', { principal: provider, trust: federatedBy(`${provider}x`) }, trustLacks],
    [
      'Cognito',
      { principal: 'cognito-identity.amazonaws.com', trust: federatedBy('cognito-identity.amazonaws.com') },
      'allowed',
    ],
    [
      'Cognito is no service here',
      {
        principal: 'cognito-identity.amazonaws.com',
        trust: [grant(A, { Principal: { Service: 'cognito-identity.amazonaws.com' } })],
      },
      trustLacks,
    ],
  ])('%s', (_, given, expected) => {
    expect(answer({ ...assume(given), action: 'sts:AssumeRoleWithWebIdentity' })).toBe(expected)
  })
})

describe('credentials and their limits', () => {
  const temporary = { 'aws:TokenIssueTime': '2026-01-01T00:00:00Z' }
  test.each<[string, string, Case, string]>([
    ['GetCallerIdentity', 'a user without policies', {}, 'allowed'],
    ['GetCallerIdentity', 'an explicit deny', { identity: [deny()] }, 'allowed'],
    ['GetCallerIdentity', 'a federated user', { principal: federated() }, 'allowed'],
    ['GetCallerIdentity', 'nobody', { principal: 'anonymous' }, 'implicitDeny: resource-based'],
    ['GetSessionToken', 'a user without policies', {}, 'allowed'],
    ['GetSessionToken', 'an explicit deny', { identity: [deny()] }, 'allowed'],
    ['GetSessionToken', 'root', { principal: root() }, 'allowed'],
    ['GetSessionToken', 'a role session', { principal: session(), identity: all }, nobody],
    ['GetSessionToken', 'session-token credentials', { identity: all, context: temporary }, nobody],
    ['GetFederationToken', 'a user without policies', {}, identityLacks],
    ['GetFederationToken', 'a user', { identity: all }, 'allowed'],
    ['GetFederationToken', 'a role session', { principal: session(), identity: all }, nobody],
    ['GetFederationToken', 'session-token credentials', { identity: all, context: temporary }, nobody],
    ['DecodeAuthorizationMessage', 'a user without policies', {}, identityLacks],
    ['GetAccessKeyInfo', 'a user', { identity: all }, 'allowed'],
    ['GetAccessKeyInfo', 'a federated user', { principal: federated(), identity: all, session: all }, nobody],
  ])('%s by %s', (action, _, given, expected) => {
    expect(answer({ action: `sts:${action}`, resource: '*', ...given })).toBe(expected)
  })

  test.each<[string, Case, string]>([
    ['session-token credentials', { context: temporary }, nobody],
    [
      'session-token credentials with MFA',
      { context: { ...temporary, 'aws:MultiFactorAuthPresent': 'true' } },
      'allowed',
    ],
    [
      'session-token credentials, MFA false',
      { context: { ...temporary, 'aws:MultiFactorAuthPresent': 'false' } },
      nobody,
    ],
    ['a federated user', { principal: federated(), session: all }, nobody],
    ['a role session', { principal: session() }, 'allowed'],
  ])('IAM by %s', (_, given, expected) => {
    expect(answer({ action: 'iam:ListUsers', resource: `arn:aws:iam::${A}:user/`, identity: all, ...given })).toBe(
      expected,
    )
  })

  test('session-token credentials may assume a role', () => {
    expect(answer(assume({ trust: [grant(user())], context: temporary }))).toBe('allowed')
  })
})

describe('ECR', () => {
  test('no resource-based policy gives the authorization token, though it may deny', () => {
    const token = { action: 'ecr:GetAuthorizationToken', resource: '*' }
    expect(answer({ ...token, repository: [grant('*')] })).toBe(identityLacks)
    expect(answer({ ...token, identity: all, repository: [grant('*', { Effect: 'Deny' })] })).toBe(
      'explicitDeny: resource-based',
    )
    expect(answer({ ...token, identity: all })).toBe('allowed')
  })
})
