import { expect, test } from 'vitest'
import { type AccessRequest, explain, type Mismatch } from '../../policy/index.ts'
import { A, allow, deny, type Fields, grant, named, repo, user } from './cases.ts'

const request: AccessRequest = {
  principal: user(),
  account: A,
  action: 'ecr:ListImages',
  resource: repo(),
  resourceAccount: A,
  context: { 'ex:tag': 'a', 'ex:tags': ['a', 'b'] },
}

test.each<[Fields, Mismatch]>([
  [
    allow({ Action: ['s3:*', 'ecr:Put*'] }),
    { element: 'Action', expected: ['s3:*', 'ecr:Put*'], actual: 'ecr:ListImages' },
  ],
  [allow({ NotAction: 'ecr:*' }), { element: 'NotAction', expected: ['ecr:*'], actual: 'ecr:ListImages' }],
  [allow({ Resource: repo('x') }), { element: 'Resource', expected: [repo('x')], actual: repo() }],
  [allow({ NotResource: '*' }), { element: 'NotResource', expected: ['*'], actual: repo() }],
  [
    allow({ Condition: { Bool: { 'ex:none': true }, StringEquals: { 'ex:tag': 'b' } } }),
    { element: 'Condition', operator: 'Bool', key: 'ex:none', expected: ['true'], actual: null },
  ],
  [
    allow({ Condition: { StringEquals: { 'ex:tag': ['b', 'c'] } } }),
    { element: 'Condition', operator: 'StringEquals', key: 'ex:tag', expected: ['b', 'c'], actual: 'a' },
  ],
  [
    allow({ Condition: { 'ForAllValues:StringEquals': { 'ex:tags': 'b' } } }),
    {
      element: 'Condition',
      operator: 'ForAllValues:StringEquals',
      key: 'ex:tags',
      expected: ['b'],
      actual: ['a', 'b'],
    },
  ],
])('%j did not match because of its %j', (statement, mismatch) => {
  const { statements } = explain(request, { identity: [named('p', statement)] })
  expect(statements).toEqual([
    { policyType: 'identity-based', policy: 'p', index: 0, effect: 'Allow', matched: false, mismatch },
  ])
})

test('principals that do not name the caller', () => {
  const resource = [named('r', grant(user('bob')), { Effect: 'Deny', NotPrincipal: { AWS: user() }, Action: '*' })]
  const { statements } = explain(request, { identity: [], resource })
  expect(statements.map(({ mismatch }) => mismatch)).toEqual([
    { element: 'Principal', expected: [user('bob')], actual: user() },
    { element: 'NotPrincipal', expected: [user()], actual: user() },
  ])
})

test('every statement of every policy is judged, and the decision is the same', () => {
  const arn = `arn:aws:iam::${A}:policy/two`
  const identity = [named('one', allow({ Sid: 'A' }), deny({ Action: 's3:*' })), { ...named('two', deny()), arn }]
  const found = explain(request, { identity, boundary: named('b', allow()), scps: [[named('s', allow())]] })
  expect(found.decision).toBe('explicitDeny')
  expect(
    found.statements.map(({ policyType, policy, index, matched }) => [policyType, policy, index, matched]),
  ).toEqual([
    ['service control policy', 's', 0, true],
    ['identity-based', 'one', 0, true],
    ['identity-based', 'one', 1, false],
    ['identity-based', 'two', 0, true],
    ['permissions boundary', 'b', 0, true],
  ])
  expect(found.deciding).toMatchObject([{ policy: 'two', policyArn: arn, index: 0 }])
})
