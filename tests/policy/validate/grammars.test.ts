import { expect, test } from 'vitest'
import {
  inlinePoliciesFault,
  policySize,
  validateIdentityPolicy,
  validateRegistryPolicy,
  validateRepositoryPolicy,
  validateTrustPolicy,
} from '../../../policy/index.ts'

const statement = { Effect: 'Allow', Action: 's3:ListBucket', Resource: 'arn:aws:s3:::example_bucket' }
const managed = (...statements: object[]) => JSON.stringify({ Version: '2012-10-17', Statement: statements })

test.each([
  ['one statement as an object', JSON.stringify({ Version: '2012-10-17', Statement: statement })],
  ['an unknown service and action', managed({ ...statement, Action: 'nosuch:Thing' })],
  ['an unknown condition key', managed({ ...statement, Condition: { StringEquals: { 'nosuch:key': 'x' } } })],
  ['an empty Condition', managed({ ...statement, Condition: {} })],
  ['an operator without keys', managed({ ...statement, Condition: { StringEquals: {} } })],
  ['NotAction with NotResource', managed({ Effect: 'Allow', NotAction: 's3:*', NotResource: 'arn:aws:s3:::b' })],
  ['an ARN with too few fields of an unknown service', managed({ ...statement, Resource: 'arn:aws:fdsasf' })],
  ['two empty Sids', managed({ ...statement, Sid: '' }, { ...statement, Sid: '' })],
  ['an Id', JSON.stringify({ Version: '2012-10-17', Id: 'x-1', Statement: [statement] })],
  ['JSON booleans as values', managed({ ...statement, Condition: { Bool: { 'aws:SecureTransport': true } } })],
  ['every resource and action', managed({ ...statement, Action: '*', Resource: '*' })],
])('CreatePolicy accepts %s', (_, text) => {
  expect(validateIdentityPolicy(text, 'managed')).toBeNull()
})

test.each([
  ['a principal', managed({ ...statement, Principal: '*' }), 'Policy document should not specify a principal.'],
  [
    'a Sid with a hyphen',
    managed({ ...statement, Sid: 'a-b' }),
    'Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*',
  ],
  [
    'a condition value that is no number',
    managed({ ...statement, Condition: { NumericEquals: { 's3:max-keys': 'ten' } } }),
    'The policy failed legacy parsing',
  ],
  [
    'IfExists on Null',
    managed({ ...statement, Condition: { NullIfExists: { 'aws:x': 'true' } } }),
    'Syntax errors in policy.',
  ],
])('CreatePolicy refuses %s', (_, text, message) => {
  expect(validateIdentityPolicy(text, 'managed')).toEqual({ code: 'MalformedPolicyDocument', status: 400, message })
})

test.each(['inline', 'session'] as const)('a policy of kind %s may lack its Version', kind => {
  expect(validateIdentityPolicy(JSON.stringify({ Statement: [statement] }), kind)).toBeNull()
})

/** Exactly `size` characters that count, and white space that does not. */
const ofSize = (size: number, fields: object) => {
  const empty = JSON.stringify({ Version: '2012-10-17', Id: '', Statement: [fields] })
  return ` \n\t${JSON.stringify({ Version: '2012-10-17', Id: 'a'.repeat(size - policySize(empty)), Statement: [fields] })}`
}
const principal = { AWS: 'arn:aws:iam::111122223333:root' }
const trust = { Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole' }
const repository = { Effect: 'Allow', Principal: principal, Action: 'ecr:ListImages' }

test.each([
  [
    'managed',
    6144,
    statement,
    (text: string) => validateIdentityPolicy(text, 'managed'),
    'LimitExceeded',
    'PolicySize: 6144',
  ],
  [
    'session',
    2048,
    statement,
    (text: string) => validateIdentityPolicy(text, 'session'),
    'PackedPolicyTooLarge',
    '101%',
  ],
  ['trust', 2048, trust, validateTrustPolicy, 'LimitExceeded', 'ACLSizePerRole: 2048'],
  ['repository', 10240, repository, validateRepositoryPolicy, 'InvalidParameterException', 'Invalid repository policy'],
] as const)(
  'a %s policy holds %d characters without white space, and no more',
  (_, size, fields, validate, code, text) => {
    expect(validate(ofSize(size, fields))).toBeNull()
    expect(validate(ofSize(size + 1, fields))).toMatchObject({ code, message: expect.stringContaining(text) })
  },
)

test('inline policies share the quota of their holder', () => {
  expect(inlinePoliciesFault('user', 'bob', ['a'.repeat(1024), ` ${'a'.repeat(1024)}`])).toBeNull()
  expect(inlinePoliciesFault('user', 'bob', ['a'.repeat(1024), 'a'.repeat(1025)])).toEqual({
    code: 'LimitExceeded',
    status: 409,
    message: 'Maximum policy size of 2048 bytes exceeded for user bob',
  })
})

const documentOf = (...statements: object[]) => JSON.stringify({ Version: '2008-10-17', Statement: statements })

test.each([
  ['a Sid with spaces', documentOf({ ...repository, Sid: 'ECR Repository Policy' })],
  ['wildcards in actions', documentOf({ ...repository, Action: ['ecr:Get*', 'ecr:*'] })],
  ['everyone', documentOf({ ...repository, Principal: '*' })],
  ['a session', documentOf({ ...repository, Principal: { AWS: 'arn:aws:sts::111122223333:assumed-role/r/s' } })],
  ['a service', documentOf({ ...repository, Principal: { Service: 'codebuild.amazonaws.com' } })],
  ['a denial by NotPrincipal', documentOf({ Effect: 'Deny', NotPrincipal: principal, Action: 'ecr:*' })],
])('SetRepositoryPolicy accepts %s', (_, text) => {
  expect(validateRepositoryPolicy(text)).toBeNull()
})

test.each([
  ['no JSON', 'x'],
  ['a Resource', documentOf({ ...repository, Resource: '*' })],
  ['no Principal', documentOf({ Effect: 'Allow', Action: 'ecr:ListImages' })],
  ['another service', documentOf({ ...repository, Action: 's3:GetObject' })],
  ['a wildcard in a principal', documentOf({ ...repository, Principal: { AWS: 'arn:aws:iam::111122223333:*' } })],
  ['a group', documentOf({ ...repository, Principal: { AWS: 'arn:aws:iam::111122223333:group/g' } })],
  ['every service', documentOf({ ...repository, Principal: { Service: '*' } })],
  ['NotPrincipal with Allow', documentOf({ Effect: 'Allow', NotPrincipal: principal, Action: 'ecr:*' })],
  ['no statement', documentOf()],
])('SetRepositoryPolicy refuses %s', (_, text) => {
  expect(validateRepositoryPolicy(text)).toEqual({
    code: 'InvalidParameterException',
    status: 400,
    message: "Invalid parameter at 'PolicyText' failed to satisfy constraint: 'Invalid repository policy provided'",
  })
})

test('PutRegistryPolicy wants the repositories named', () => {
  const named = { ...repository, Resource: 'arn:aws:ecr:us-west-2:111122223333:repository/*' }
  expect(validateRegistryPolicy(documentOf(named))).toBeNull()
  expect(validateRegistryPolicy(documentOf(repository))?.message).toBe(
    "Invalid parameter at 'PolicyText' failed to satisfy constraint: 'Invalid registry policy provided'",
  )
})

test.each([
  [
    'a user with a wildcard',
    { AWS: 'arn:aws:iam::111122223333:user/*' },
    'Invalid principal in policy: "AWS":"arn:aws:iam::111122223333:user/*"',
  ],
  [
    'a service of another partition',
    { Service: 'eks.amazonaws.com.cn' },
    'Invalid principal in policy: "SERVICE":"eks.amazonaws.com.cn"',
  ],
  ['no service name', { Service: 'ec2' }, 'Invalid principal in policy: "SERVICE":"ec2"'],
])('a trust policy may not name %s', (_, wrong, message) => {
  const text = JSON.stringify({ Version: '2012-10-17', Statement: [{ ...trust, Principal: wrong }] })
  expect(validateTrustPolicy(text)).toEqual({ code: 'MalformedPolicyDocument', status: 400, message })
})

test.each([
  ['the account', { AWS: '111122223333' }, 'sts:AssumeRole'],
  ['everyone of AWS', { AWS: '*' }, ['sts:AssumeRole', 'sts:TagSession']],
  ['a service', { Service: 'ec2.amazonaws.com' }, 'sts:AssumeRole'],
  ['a provider', { Federated: 'cognito-identity.amazonaws.com' }, 'sts:AssumeRoleWithWebIdentity'],
])('a trust policy may name %s', (_, who, action) => {
  const text = JSON.stringify({ Statement: { Effect: 'Allow', Principal: who, Action: action, Condition: {} } })
  expect(validateTrustPolicy(text)).toBeNull()
})
