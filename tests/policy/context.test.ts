import { expect, test } from 'vitest'
import { A, allow, answer, type Case, federated, grant, role, root, session, user } from './cases.ts'

const has = (key: string, value: string, given: Case) => {
  const Condition = { StringEquals: { [key]: value } }
  const layers = given.principal?.startsWith('arn:')
    ? { identity: [allow({ Condition })], ...(given.principal.includes('federated') ? { session: [allow()] } : {}) }
    : { repository: [grant('*', { Condition })] }
  return answer({ ...layers, ...given }) === 'allowed'
}

test.each<[string, string, Case]>([
  ['aws:PrincipalArn', user(), { principal: user() }],
  ['aws:PrincipalArn', role(), { principal: session() }],
  ['aws:PrincipalArn', role('x/dev'), { principal: session(), issuerArn: role('x/dev') }],
  ['aws:PrincipalArn', federated(), { principal: federated() }],
  ['AWS:principalarn', user(), { principal: user() }],
  ['aws:PrincipalAccount', A, { principal: session() }],
  ['aws:PrincipalAccount', 'anonymous', { principal: 'anonymous' }],
  ['aws:PrincipalType', 'User', { principal: user() }],
  ['aws:PrincipalType', 'AssumedRole', { principal: session() }],
  ['aws:PrincipalType', 'FederatedUser', { principal: federated() }],
  ['aws:PrincipalType', 'Anonymous', { principal: 'anonymous' }],
  ['aws:username', 'alice', { principal: user('team/alice') }],
  ['aws:userid', 'AIDAEXAMPLEEXAMPLE123', { principal: user(), principalId: 'AIDAEXAMPLEEXAMPLE123' }],
  ['aws:userid', 'AROAEXAMPLEEXAMPLE123:s1', { principal: session(), principalId: 'AROAEXAMPLEEXAMPLE123' }],
  ['aws:userid', `${A}:alice`, { principal: federated() }],
  ['aws:PrincipalIsAWSService', 'false', { principal: user() }],
  ['aws:PrincipalIsAWSService', 'true', { principal: 'ecr.amazonaws.com' }],
  ['aws:PrincipalServiceName', 'ecr.amazonaws.com', { principal: 'ecr.amazonaws.com' }],
  ['aws:ResourceAccount', A, { principal: user() }],
  ['aws:PrincipalType', 'Odd', { principal: user(), context: { 'AWS:PRINCIPALTYPE': 'Odd' } }],
])('%s is %s', (key, value, given) => {
  expect(has(key, value, given)).toBe(true)
})

test.each<[string, Case]>([
  ['aws:username', { principal: session() }],
  ['aws:username', { principal: federated() }],
  ['aws:userid', { principal: user() }],
  ['aws:PrincipalArn', { principal: 'anonymous' }],
  ['aws:PrincipalIsAWSService', { principal: 'anonymous' }],
  ['aws:MultiFactorAuthPresent', { principal: user() }],
  ['aws:SourceArn', { principal: user() }],
  ['toString', { principal: user() }],
])('%s is absent', (key, given) => {
  const Condition = { Null: { [key]: 'true' } }
  const outside = !given.principal?.startsWith('arn:')
  const layers = outside
    ? { repository: [grant('*', { Condition })] }
    : { identity: [allow({ Condition })], session: [allow()] }
  expect(answer({ ...layers, ...given })).toBe('allowed')
})

test('root is its own principal ARN', () => {
  const repository = [grant('*', { Effect: 'Deny', Condition: { ArnEquals: { 'aws:PrincipalArn': root() } } })]
  expect(answer({ principal: root(), repository })).toBe('explicitDeny: resource-based')
  expect(answer({ principal: user(), identity: [allow()], repository })).toBe('allowed')
})
