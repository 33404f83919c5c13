import { beforeEach, describe, expect, test } from 'vitest'
import { policies } from '../../../sandbox/iam/entities.ts'
import { awsManagedPolicies } from '../../../sandbox/iam/managed/index.ts'
import { statementPositions } from '../../../sandbox/iam/statement-positions.ts'
import { accountId, type MemoryAccount, memoryAccount, refusal } from '../memory-account.ts'
import { adminPolicy, arn, document, trust } from './documents.ts'

let account: MemoryAccount
const repository = `arn:aws:ecr:us-west-2:${accountId}:repository/team-a/alpine`

beforeEach(() => {
  account = memoryAccount()
  account.iam('CreateRole', { RoleName: 'dev', AssumeRolePolicyDocument: trust })
})

const statement = (Effect: string, Action: string, rest: object = {}) =>
  JSON.stringify({ Version: '2012-10-17', Statement: { Effect, Action, Resource: '*', ...rest } })

describe('statement positions', () => {
  test('a statement without a list begins at its brace', () => {
    const text =
      '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s"}}'
    expect(statementPositions(text)).toEqual([
      { StartPosition: { Line: 1, Column: 41 }, EndPosition: { Line: 1, Column: text.length - 2 + 2 } },
    ])
  })

  test('AdministratorAccess, as recorded', () => {
    const text = awsManagedPolicies.get(adminPolicy)?.versions[0]?.Document ?? ''
    expect(statementPositions(text)).toEqual([
      { StartPosition: { Line: 3, Column: 17 }, EndPosition: { Line: 8, Column: 6 } },
    ])
  })

  test('braces in texts and members before it do not mislead', () => {
    const text = '{"Id":"\\"{[","Version":"2012-10-17","Statement":[{"Sid":"]}"},{"Sid":"b"}]}'
    expect(statementPositions(text)).toHaveLength(2)
  })
})

test('SimulatePrincipalPolicy of a role: what it may and what it may not', () => {
  account.iam('PutRolePolicy', { RoleName: 'dev', PolicyName: 'p', PolicyDocument: document })
  const answer = account.iam('SimulatePrincipalPolicy', {
    PolicySourceArn: arn('role', 'dev'),
    ActionNames: ['ecr:ListImages', 'ecr:PutImage'],
    ResourceArns: [repository],
  })
  expect(answer.IsTruncated).toBe(false)
  expect(answer.EvaluationResults).toMatchObject([
    {
      EvalActionName: 'ecr:ListImages',
      EvalResourceName: repository,
      EvalDecision: 'allowed',
      MatchedStatements: [{ SourcePolicyId: 'p', SourcePolicyType: 'IAM Policy', StartPosition: { Line: 1 } }],
      ResourceSpecificResults: [{ EvalResourceDecision: 'allowed' }],
    },
    { EvalActionName: 'ecr:PutImage', EvalDecision: 'implicitDeny', MatchedStatements: [] },
  ])
})

test('an attachment that is known before its policy grants nothing, and is no error', () => {
  const { Policy } = account.iam('CreatePolicy', { PolicyName: 'late', PolicyDocument: document })
  account.iam('AttachRolePolicy', { RoleName: 'dev', PolicyArn: Policy.Arn })
  account.state.remove(policies, accountId, 'late')
  const input = { PolicySourceArn: arn('role', 'dev'), ActionNames: ['ecr:ListImages'] }
  expect(account.iam('SimulatePrincipalPolicy', input).EvaluationResults).toMatchObject([
    { EvalDecision: 'implicitDeny', MatchedStatements: [] },
  ])
})

test("a user's groups count, and so do policies given besides", () => {
  account.iam('CreateUser', { UserName: 'ann' })
  account.iam('CreateGroup', { GroupName: 'devs' })
  account.iam('AddUserToGroup', { UserName: 'ann', GroupName: 'devs' })
  account.iam('PutGroupPolicy', { GroupName: 'devs', PolicyName: 'p', PolicyDocument: document })
  const input = { PolicySourceArn: arn('user', 'ann'), ActionNames: ['ecr:ListImages'] }
  const decision = (more: object = {}) =>
    account.iam('SimulatePrincipalPolicy', { ...input, ...more }).EvaluationResults[0]
  expect(decision().EvalDecision).toBe('allowed')
  expect(decision()).not.toHaveProperty('ResourceSpecificResults')
  expect(decision({ PolicyInputList: [statement('Deny', 'ecr:*')] })).toMatchObject({
    EvalDecision: 'explicitDeny',
    MatchedStatements: [{ SourcePolicyId: 'PolicyInputList.1' }],
  })
  expect(
    account.iam('SimulatePrincipalPolicy', { ...input, PolicySourceArn: arn('group', 'devs') }).EvaluationResults[0],
  ).toMatchObject({ EvalDecision: 'allowed' })
})

test('a boundary that denies says so', () => {
  const answer = account.iam('SimulateCustomPolicy', {
    PolicyInputList: [document],
    PermissionsBoundaryPolicyInputList: [statement('Deny', 'ecr:ListImages')],
    ActionNames: ['ecr:ListImages'],
  })
  expect(answer.EvaluationResults[0]).toMatchObject({
    EvalDecision: 'explicitDeny',
    MatchedStatements: [{ SourcePolicyType: 'Permissions Boundary Policy' }],
    PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: false },
  })
})

test('context keys: named, missing, given', () => {
  const policy = statement('Allow', 'ecr:ListImages', { Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } })
  expect(account.iam('GetContextKeysForCustomPolicy', { PolicyInputList: [policy] })).toEqual({
    ContextKeyNames: ['aws:SourceIp'],
  })
  const result = (ContextEntries: object[]) =>
    account.iam('SimulateCustomPolicy', { PolicyInputList: [policy], ActionNames: ['ecr:ListImages'], ContextEntries })
      .EvaluationResults[0]
  expect(result([])).toMatchObject({ EvalDecision: 'implicitDeny', MissingContextValues: ['aws:SourceIp'] })
  const entry = { ContextKeyName: 'aws:SourceIp', ContextKeyType: 'ip', ContextKeyValues: ['10.1.2.3'] }
  expect(result([entry])).toMatchObject({ EvalDecision: 'allowed', MissingContextValues: [] })
})

test('context keys of a principal, variables among them', () => {
  const own = statement('Allow', 's3:Get*', { Resource: 'arn:aws:s3:::b/${aws:username}/${*}/*' })
  account.iam('PutRolePolicy', { RoleName: 'dev', PolicyName: 'p', PolicyDocument: own })
  const given = statement('Deny', 's3:*', { Condition: { Bool: { 'AWS:SecureTransport': 'false' } } })
  const input = { PolicySourceArn: arn('role', 'dev'), PolicyInputList: [given] }
  expect(account.iam('GetContextKeysForPrincipalPolicy', input).ContextKeyNames).toEqual([
    'aws:username',
    'AWS:SecureTransport',
  ])
})

test.each([
  [
    `arn:aws:sts::${accountId}:assumed-role/dev/s`,
    `400 InvalidInput: Invalid ARN provided in the request: arn:aws:sts::${accountId}:assumed-role/dev/s`,
  ],
  [arn('role', 'gone'), '404 NoSuchEntity: Unable to retrieve specified IAM entity.'],
])('the policies of %s cannot be simulated', (PolicySourceArn, expected) => {
  expect(
    refusal(() => account.iam('SimulatePrincipalPolicy', { PolicySourceArn, ActionNames: ['ecr:ListImages'] })),
  ).toBe(expected)
})
