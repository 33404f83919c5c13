import { expect, test } from 'vitest'
import { decideRow, PolicyError } from '../../policy/index.ts'
import { A, repo, user } from './cases.ts'

const everything = { Version: '2012-10-17', Statement: [{ Sid: 'All', Effect: 'Allow', Action: '*', Resource: '*' }] }
const s3 = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 's3:*', Resource: '*' } }
const asked = { id: 'x', principal: user(), action: 'ecr:ListImages', resource: repo(), resourceAccount: A }

test('the statements that decided, by policy and place', () => {
  expect(decideRow({ ...asked, identityPolicies: [s3, JSON.stringify(everything)], expect: 'ignored' })).toEqual({
    id: 'x',
    decision: 'allowed',
    policyType: null,
    statements: [
      { policyType: 'identity-based', policy: 'identityPolicies[1]', index: 0, sid: 'All', effect: 'Allow' },
    ],
  })
})

test.each<[string, object, string]>([
  ['one level', { scps: [s3, everything] }, 'allowed'],
  ['two levels', { scps: [[everything], [s3]] }, 'implicitDeny'],
  ['no level', { scps: [] }, 'allowed'],
  ['an empty level', { scps: [[everything], []] }, 'implicitDeny'],
  ['a boundary', { permissionBoundaries: [s3] }, 'implicitDeny'],
  ['no boundary', { permissionBoundaries: [] }, 'allowed'],
  ['no session policy', { principal: `arn:aws:sts::${A}:assumed-role/r/s`, sessionPolicy: [] }, 'allowed'],
  ['a caller without credentials', { principal: '*', account: null }, 'implicitDeny'],
  [
    'a caller without credentials, everybody named',
    { principal: '*', resourcePolicy: { Statement: { Effect: 'Allow', Principal: '*', Action: '*' } } },
    'allowed',
  ],
  ['an endpoint', { vpcEndpointPolicy: s3 }, 'implicitDeny'],
  [
    'several resource-based policies',
    { resourcePolicy: [{ Statement: { Effect: 'Deny', Principal: '*', Action: '*' } }, { Statement: [] }] },
    'explicitDeny',
  ],
])('%s', (_, more, decision) => {
  expect(decideRow({ ...asked, identityPolicies: [everything], ...more }).decision).toBe(decision)
})

test('on AssumeRole the resource policy is the trust policy', () => {
  const resource = `arn:aws:iam::${A}:role/target`
  const resourcePolicy = { Statement: { Effect: 'Allow', Principal: { AWS: user() }, Action: 'sts:AssumeRole' } }
  const found = decideRow({ ...asked, action: 'sts:AssumeRole', resource, resourcePolicy })
  expect(found.statements).toMatchObject([{ policyType: 'role trust policy' }])
})

test.each<[unknown, string]>([
  [null, 'null'],
  [{ ...asked, principal: undefined }, 'principal'],
  [{ ...asked, action: 5 }, 'action'],
  [{ ...asked, context: [] }, 'context'],
  [{ ...asked, identityPolicies: ['x'] }, 'identityPolicies'],
  [{ ...asked, identityPolicies: [5] }, 'identityPolicies'],
  [{ ...asked, scps: everything }, 'scps'],
  [{ ...asked, scps: [everything, [everything]] }, 'scps'],
  [{ ...asked, permissionBoundaries: [s3, s3] }, 'permissionBoundaries'],
  [{ ...asked, identityPolicy: s3 }, 'identityPolicy'],
  [{ ...asked, vpce: s3 }, 'vpce'],
  [
    {
      ...asked,
      identityPolicies: [{ Statement: { Effect: 'Allow', Action: '*', Resource: '*', Condition: { Odd: {} } } }],
    },
    'Odd',
  ],
])('a bad row is refused by name: %j', (row, mentioned) => {
  expect(() => decideRow(row)).toThrow(PolicyError)
  expect(() => decideRow(row)).toThrow(mentioned)
})
