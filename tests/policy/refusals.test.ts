import { describe, expect, test } from 'vitest'
import { compilePolicy, decide, PolicyError } from '../../policy/index.ts'
import { A, allow, grant, policy, repo, session, user } from './cases.ts'

function refusal(attempt: () => unknown): PolicyError {
  try {
    attempt()
  } catch (error) {
    if (error instanceof PolicyError) return error
    throw error
  }
  throw new Error('nothing was refused')
}

const with2012 = (statement: unknown) => ({ Version: '2012-10-17', Statement: statement })
const condition = (Condition: unknown) => with2012({ Effect: 'Allow', Action: '*', Resource: '*', Condition })
const principal = (Principal: unknown) => with2012({ Effect: 'Allow', Action: '*', Principal })

describe('documents that cannot be evaluated are refused by name', () => {
  test.each<[unknown, string, string]>([
    ['nonsense', 'NotJson', 'nonsense'],
    ['[]', 'NotJson', '[]'],
    ['null', 'NotJson', 'null'],
    [{ Version: '2012-10-17' }, 'MissingElement', 'Statement'],
    [{ Version: '2013-10-17', Statement: [] }, 'UnknownVersion', '2013-10-17'],
    [{ Version: 1, Statement: [] }, 'UnknownVersion', '1'],
    [{ Extra: 1, Statement: [] }, 'UnknownElement', 'Extra'],
    [{ Id: 1, Statement: [] }, 'InvalidValue', 'Id'],
    [with2012('x'), 'InvalidValue', 'x'],
    [with2012({ ...allow(), Extra: 1 }), 'UnknownElement', 'Extra'],
    [with2012({ ...allow(), action: '*' }), 'UnknownElement', 'action'],
    [with2012({ ...allow(), Effect: 'allow' }), 'InvalidValue', 'allow'],
    [with2012({ ...allow(), Effect: undefined }), 'InvalidValue', 'Effect'],
    [with2012({ ...allow(), Sid: 1 }), 'InvalidValue', 'Sid'],
    [with2012({ Effect: 'Allow', Resource: '*' }), 'MissingElement', 'Action'],
    [with2012({ ...allow(), NotAction: '*' }), 'ConflictingElements', 'NotAction'],
    [with2012({ ...allow(), NotResource: '*' }), 'ConflictingElements', 'NotResource'],
    [with2012({ ...allow(), Principal: '*', NotPrincipal: '*' }), 'ConflictingElements', 'NotPrincipal'],
    [with2012({ ...allow(), Action: [] }), 'MissingElement', 'Action'],
    [with2012({ Effect: 'Deny', NotAction: [], Resource: '*' }), 'MissingElement', 'NotAction'],
    [with2012({ ...allow(), Action: 5 }), 'InvalidValue', '5'],
    [with2012({ ...allow(), Action: 'ListImages' }), 'InvalidAction', 'ListImages'],
    [with2012({ ...allow(), Action: 'ecr:List:Images' }), 'InvalidAction', 'ecr:List:Images'],
    [with2012({ ...allow(), Resource: 'my-repo' }), 'InvalidResource', 'my-repo'],
    [with2012({ ...allow(), Resource: 'arn:aws:s3:::${aws:username' }), 'InvalidVariable', '${aws:username'],
    [with2012({ ...allow(), Resource: 'arn:aws:s3:::${}' }), 'InvalidVariable', '${}'],
    [with2012({ Effect: 'Allow', NotPrincipal: '*', Action: '*' }), 'MisplacedElement', 'NotPrincipal'],
    [condition('x'), 'InvalidValue', 'Condition'],
    [condition({ StringEquals: 'x' }), 'InvalidValue', 'StringEquals'],
    [condition({ StringEqual: { 'aws:x': 'y' } }), 'UnknownOperator', 'StringEqual'],
    [condition({ stringequals: { 'aws:x': 'y' } }), 'UnknownOperator', 'stringequals'],
    [condition({ NullIfExists: { 'aws:x': 'true' } }), 'UnknownOperator', 'NullIfExists'],
    [condition({ 'ForSomeValue:StringEquals': {} }), 'UnknownOperator', 'ForSomeValue:StringEquals'],
    [condition({ toString: {} }), 'UnknownOperator', 'toString'],
    [condition({ StringEquals: { 'aws:x': {} } }), 'InvalidConditionValue', 'aws:x'],
    [condition({ StringEquals: { 'aws:x': [null] } }), 'InvalidConditionValue', 'null'],
    [condition({ NumericEquals: { 'aws:x': 'ten' } }), 'InvalidConditionValue', 'ten'],
    [condition({ DateEquals: { 'aws:x': '2020-13-01' } }), 'InvalidConditionValue', '2020-13-01'],
    [condition({ Bool: { 'aws:x': 'yes' } }), 'InvalidConditionValue', 'yes'],
    [condition({ Null: { 'aws:x': 'yes' } }), 'InvalidConditionValue', 'yes'],
    [condition({ BinaryEquals: { 'aws:x': '*' } }), 'InvalidConditionValue', '*'],
    [condition({ IpAddress: { 'aws:x': '10.0.0.0/33' } }), 'InvalidConditionValue', '10.0.0.0/33'],
    [condition({ IpAddress: { 'aws:x': '10.0.0' } }), 'InvalidConditionValue', '10.0.0'],
    [condition({ IpAddress: { 'aws:x': '1::2::3' } }), 'InvalidConditionValue', '1::2::3'],
    [condition({ IpAddress: { 'aws:x': '::1/129' } }), 'InvalidConditionValue', '::1/129'],
    [condition({ IpAddress: { 'aws:x': '256.0.0.1' } }), 'InvalidConditionValue', '256.0.0.1'],
    [principal({}), 'InvalidPrincipal', '{}'],
    [principal('arn:aws:iam::111122223333:root'), 'InvalidPrincipal', 'root'],
    [principal({ AWS: 'arn:aws:iam::111122223333:user/*' }), 'InvalidPrincipal', 'user/*'],
    [principal({ AWS: 'arn:aws:sts::111122223333:assumed-role/r/*' }), 'InvalidPrincipal', 'assumed-role/r/*'],
    [principal({ AWS: 'arn:aws:iam::111122223333:group/g' }), 'InvalidPrincipal', 'group/g'],
    [principal({ AWS: 'alice' }), 'InvalidPrincipal', 'alice'],
    [principal({ AWS: 5 }), 'InvalidPrincipal', '5'],
    [principal({ Service: '*' }), 'InvalidPrincipal', '*'],
    [principal({ CanonicalUser: 'x' }), 'InvalidPrincipal', 'CanonicalUser'],
  ])('%j: %s', (document, code, mentioned) => {
    const error = refusal(() => compilePolicy(document as object))
    expect(error.code).toBe(code)
    expect(error.message).toContain(mentioned)
  })

  test('with their place', () => {
    const Statement = [allow(), { ...allow(), Condition: { Bool: { 'aws:x': 'yes' } } }]
    expect(refusal(() => compilePolicy(with2012(Statement))).path).toBe('Statement[1].Condition.Bool.aws:x')
  })
})

describe('requests and policy sets that cannot be evaluated', () => {
  const request = { principal: user(), account: A, action: 'ecr:ListImages', resource: repo(), resourceAccount: A }
  const ask = (asked: object, policies: object = { identity: [] }) =>
    refusal(() => decide({ ...request, ...asked }, policies as { identity: [] }))
  test.each<[object, string]>([
    [{ principal: 'alice' }, 'alice'],
    [{ principal: 5 }, '5'],
    [{ principal: `arn:aws:iam::${A}:group/g` }, 'group/g'],
    [{ principal: `arn:aws:sts::${A}:assumed-role/r` }, 'assumed-role/r'],
    [{ account: '444455556666' }, '444455556666'],
    [{ action: 'ListImages' }, 'ListImages'],
    [{ action: 'ecr:*' }, 'ecr:*'],
    [{ resource: 'my-repo' }, 'my-repo'],
    [{ resourceAccount: 5 }, '5'],
    [{ context: 'x' }, 'x'],
  ])('%j', (asked, mentioned) => {
    const error = ask(asked)
    expect(error.code).toBe('InvalidRequest')
    expect(error.message).toContain(mentioned)
  })

  test('a context value of no known kind, once a condition asks for it', () => {
    const Condition = { StringEquals: { 'ex:x': 'y' } }
    expect(ask({ context: { 'ex:x': {} } }, { identity: [policy(allow({ Condition }))] }).code).toBe('InvalidRequest')
  })

  test.each<[string, object, string]>([
    [
      'a document that is not compiled',
      { identity: [{ name: 'p', policy: { version: '2012-10-17' } }] },
      'NotCompiled',
    ],
    ['no policy', { identity: [null] }, 'NotCompiled'],
    ['no list', { identity: {} }, 'InvalidRequest'],
    ['a Principal in an identity-based policy', { identity: [policy(grant('*'))] }, 'MisplacedElement'],
    [
      'no Resource in an identity-based policy',
      { identity: [policy({ Effect: 'Allow', Action: '*' })] },
      'MissingElement',
    ],
    ['no Principal in a repository policy', { identity: [], resource: [policy(allow())] }, 'MissingElement'],
    ['a Principal in a boundary', { identity: [], boundary: policy(grant('*')) }, 'MisplacedElement'],
    ['a Principal in an SCP', { identity: [], scps: [[policy(grant('*'))]] }, 'MisplacedElement'],
    ['a level that is no list', { identity: [], scps: [policy(allow())] }, 'InvalidRequest'],
  ])('%s', (_, policies, code) => {
    expect(ask({}, policies).code).toBe(code)
  })

  test('a Principal in a session policy', () => {
    const policies = { identity: [], session: [policy(grant('*'))] }
    expect(ask({ principal: session() }, policies).code).toBe('MisplacedElement')
  })
})
