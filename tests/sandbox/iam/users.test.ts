import { beforeEach, expect, test } from 'vitest'
import { accessKeys, uniqueIds } from '../../../sandbox/iam/entities.ts'
import { iam } from '../../../sandbox/iam/index.ts'
import { accountId, type MemoryAccount, memoryAccount, refusal, user } from '../memory-account.ts'
import { adminPolicy, arn, document } from './documents.ts'

let account: MemoryAccount
const ann = { UserName: 'ann' }

beforeEach(() => {
  account = memoryAccount()
  account.iam('CreateUser', ann)
})

const root = () => ({ ...user('root'), kind: 'root' as const, arn: `arn:aws:iam::${accountId}:root`, name: null })

test('CreateUser and GetUser show tags and boundary, ListUsers neither', () => {
  const created = account.iam('CreateUser', {
    UserName: 'bob',
    Path: '/x/',
    Tags: [{ Key: 'k', Value: 'v' }],
    PermissionsBoundary: adminPolicy,
  }).User
  expect(created).toEqual({
    Path: '/x/',
    UserName: 'bob',
    UserId: expect.stringMatching(/^AIDA[A-Z2-7]{17}$/),
    Arn: arn('user', 'x/bob'),
    CreateDate: expect.any(Date),
    Tags: [{ Key: 'k', Value: 'v' }],
    PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: adminPolicy },
  })
  expect(account.iam('GetUser', { UserName: 'BOB' }).User).toEqual(created)
  const { Users } = account.iam('ListUsers', { PathPrefix: '/x/' })
  expect(Users).toHaveLength(1)
  expect(Users[0]).not.toHaveProperty('Tags')
})

test('GetUser without a name is the caller, or the root user', () => {
  expect(account.iam('GetUser').User.UserName).toBe('admin')
  account.caller = root()
  expect(account.iam('GetUser').User).toEqual({
    UserId: accountId,
    Arn: `arn:aws:iam::${accountId}:root`,
    CreateDate: expect.any(Date),
  })
})

test('access keys: two at most, the secret shown once', () => {
  const { AccessKey } = account.iam('CreateAccessKey', ann)
  expect(AccessKey).toMatchObject({
    UserName: 'ann',
    Status: 'Active',
    SecretAccessKey: expect.stringMatching(/^.{40}$/),
  })
  account.iam('CreateAccessKey', ann)
  expect(refusal(() => account.iam('CreateAccessKey', ann))).toBe(
    '409 LimitExceeded: Cannot exceed quota for AccessKeysPerUser: 2',
  )
  const { AccessKeyId } = AccessKey
  account.iam('UpdateAccessKey', { ...ann, AccessKeyId, Status: 'Inactive' })
  const { AccessKeyMetadata } = account.iam('ListAccessKeys', ann)
  expect(AccessKeyMetadata).toHaveLength(2)
  expect(AccessKeyMetadata[0]).toEqual({
    UserName: 'ann',
    AccessKeyId,
    Status: 'Inactive',
    CreateDate: expect.any(Date),
  })
  account.iam('DeleteAccessKey', { ...ann, AccessKeyId })
  expect(account.state.get(accessKeys, AccessKeyId)).toBeUndefined()
})

test('the root user has keys of its own', () => {
  account.caller = root()
  const { AccessKey } = account.iam('CreateAccessKey')
  expect(AccessKey).not.toHaveProperty('UserName')
  expect(account.iam('ListAccessKeys').AccessKeyMetadata).toHaveLength(1)
  expect(account.iam('GetAccountSummary').SummaryMap.AccountAccessKeysPresent).toBe(1)
})

test('a key that was never used', () => {
  const { AccessKeyId } = account.iam('CreateAccessKey', ann).AccessKey
  expect(account.iam('GetAccessKeyLastUsed', { AccessKeyId })).toEqual({
    UserName: 'ann',
    AccessKeyLastUsed: { ServiceName: 'N/A', Region: 'N/A' },
  })
})

test('a rename keeps id, keys, groups and policies', () => {
  const { AccessKeyId } = account.iam('CreateAccessKey', ann).AccessKey
  account.iam('CreateGroup', { GroupName: 'devs' })
  account.iam('AddUserToGroup', { ...ann, GroupName: 'devs' })
  account.iam('AttachUserPolicy', { ...ann, PolicyArn: adminPolicy })
  const { UserId } = account.iam('GetUser', ann).User
  account.iam('UpdateUser', { ...ann, NewUserName: 'Anna', NewPath: '/p/' })
  expect(account.iam('GetUser', { UserName: 'anna' }).User).toMatchObject({ UserId, Arn: arn('user', 'p/Anna') })
  expect(account.state.get(uniqueIds, UserId)?.name).toBe('Anna')
  expect(account.state.get(accessKeys, AccessKeyId)?.UserName).toBe('Anna')
  expect(account.iam('GetGroup', { GroupName: 'devs' }).Users).toMatchObject([{ UserName: 'Anna' }])
  const { PolicyUsers } = account.iam('ListEntitiesForPolicy', { PolicyArn: adminPolicy })
  expect(PolicyUsers).toContainEqual({ UserName: 'Anna', UserId })
  expect(refusal(() => account.iam('GetUser', ann))).toBe('404 NoSuchEntity: The user with name ann cannot be found.')
})

test('a login profile is there until it is deleted; the password nowhere', () => {
  const { LoginProfile } = account.iam('CreateLoginProfile', { ...ann, Password: 'Correct-Horse-9' })
  expect(LoginProfile).toEqual({ UserName: 'ann', CreateDate: expect.any(Date), PasswordResetRequired: false })
  expect(account.iam('GetLoginProfile', ann).LoginProfile).toEqual(LoginProfile)
  account.iam('DeleteLoginProfile', ann)
  expect(refusal(() => account.iam('GetLoginProfile', ann))).toBe(
    '404 NoSuchEntity: Login Profile for User ann cannot be found.',
  )
})

const nobody = {
  UserName: 'nobody',
  PolicyName: 'p',
  PolicyArn: adminPolicy,
  PolicyDocument: document,
  Tags: [],
  TagKeys: [],
  AccessKeyId: 'AKIAAAAAAAAAAAAAAAAA',
  Status: 'Active',
  GroupName: 'none',
}

test.each([
  'GetUser',
  'UpdateUser',
  'DeleteUser',
  'CreateAccessKey',
  'ListAccessKeys',
  'UpdateAccessKey',
  'DeleteAccessKey',
  'TagUser',
  'UntagUser',
  'ListUserTags',
  'AddUserToGroup',
  'RemoveUserFromGroup',
  'CreateLoginProfile',
  'AttachUserPolicy',
  'DetachUserPolicy',
  'PutUserPolicy',
  'GetUserPolicy',
  'DeleteUserPolicy',
  'ListUserPolicies',
  'ListAttachedUserPolicies',
  'ListGroupsForUser',
  'DeleteUserPermissionsBoundary',
] as const)('%s of a user that does not exist', name => {
  expect(refusal(() => account.iam(name, nobody))).toBe('404 NoSuchEntity: The user with name nobody cannot be found.')
})

test('a deleted user takes its unique id along', () => {
  const { UserId } = account.iam('GetUser', ann).User
  account.iam('DeleteUser', ann)
  expect(account.state.get(uniqueIds, UserId)).toBeUndefined()
})

test.each([
  ['GetUser', {}, [{ resource: arn('user', 'admin'), printed: 'user admin' }]],
  ['ListUsers', {}, [{ resource: arn('user', '') }]],
  ['CreateUser', { UserName: 'x' }, [{ action: 'iam:CreateUser', resource: arn('user', 'x') }]],
  ['UpdateUser', { ...ann, NewUserName: 'x' }, [{ resource: arn('user', 'ann') }, { resource: arn('user', 'x') }]],
] as const)('needs of %s %j', (name, input, expected) => {
  expect(account.needs(iam[name], input)).toMatchObject(expected)
})

test('a boundary is counted at the policy, and taken away with the user', () => {
  const uses = () => account.iam('GetPolicy', { PolicyArn: adminPolicy }).Policy.PermissionsBoundaryUsageCount
  account.iam('PutUserPermissionsBoundary', { ...ann, PermissionsBoundary: adminPolicy })
  expect(uses()).toBe(1)
  account.iam('DeleteUser', ann)
  expect(uses()).toBe(0)
})
