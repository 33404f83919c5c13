import { beforeEach, expect, test } from 'vitest'
import { iam } from '../../../sandbox/iam/index.ts'
import { type MemoryAccount, memoryAccount, partnerId, refusal, user } from '../memory-account.ts'
import { adminPolicy, arn, document, trust } from './documents.ts'

let account: MemoryAccount
const devs = { GroupName: 'devs' }
const profile = { InstanceProfileName: 'web' }

beforeEach(() => {
  account = memoryAccount()
  account.iam('CreateGroup', devs)
  account.iam('CreateInstanceProfile', profile)
  account.iam('CreateRole', { RoleName: 'dev', AssumeRolePolicyDocument: trust })
})

test('a group and its members', () => {
  account.iam('AddUserToGroup', { ...devs, UserName: 'admin' })
  account.iam('AddUserToGroup', { ...devs, UserName: 'admin' })
  const answer = account.iam('GetGroup', devs)
  expect(answer).toMatchObject({
    Group: { GroupName: 'devs', Arn: arn('group', 'devs') },
    Users: [{ UserName: 'admin' }],
    IsTruncated: false,
  })
  expect(account.iam('ListGroupsForUser', { UserName: 'admin' }).Groups).toMatchObject([devs])
  account.iam('UpdateGroup', { ...devs, NewGroupName: 'Ops' })
  expect(account.iam('ListGroupsForUser', { UserName: 'admin' }).Groups).toMatchObject([{ GroupName: 'Ops' }])
  account.iam('RemoveUserFromGroup', { GroupName: 'ops', UserName: 'admin' })
  account.iam('RemoveUserFromGroup', { GroupName: 'ops', UserName: 'admin' })
  account.iam('DeleteGroup', { GroupName: 'ops' })
  expect(account.iam('ListGroups').Groups).toEqual([])
})

test('policies of a group', () => {
  account.iam('PutGroupPolicy', { ...devs, PolicyName: 'p', PolicyDocument: document })
  account.iam('AttachGroupPolicy', { ...devs, PolicyArn: adminPolicy })
  expect(account.iam('ListGroupPolicies', devs).PolicyNames).toEqual(['p'])
  expect(account.iam('ListAttachedGroupPolicies', devs).AttachedPolicies).toHaveLength(1)
  expect(account.iam('ListEntitiesForPolicy', { PolicyArn: adminPolicy }).PolicyGroups).toMatchObject([devs])
  account.iam('DetachGroupPolicy', { ...devs, PolicyArn: adminPolicy })
  account.iam('DeleteGroupPolicy', { ...devs, PolicyName: 'p' })
  account.iam('DeleteGroup', devs)
})

test('an instance profile and its role', () => {
  account.iam('AddRoleToInstanceProfile', { ...profile, RoleName: 'dev' })
  expect(account.iam('GetInstanceProfile', profile).InstanceProfile).toEqual({
    Path: '/',
    InstanceProfileName: 'web',
    InstanceProfileId: expect.stringMatching(/^AIPA/),
    Arn: arn('instance-profile', 'web'),
    CreateDate: expect.any(Date),
    Roles: [expect.objectContaining({ RoleName: 'dev' })],
  })
  expect(account.iam('ListInstanceProfilesForRole', { RoleName: 'dev' }).InstanceProfiles).toHaveLength(1)
  expect(account.iam('ListInstanceProfiles').InstanceProfiles).toHaveLength(1)
  account.iam('RemoveRoleFromInstanceProfile', { ...profile, RoleName: 'dev' })
  account.iam('DeleteInstanceProfile', profile)
  expect(refusal(() => account.iam('GetInstanceProfile', profile))).toBe(
    '404 NoSuchEntity: Instance Profile web cannot be found.',
  )
})

test('putting a role into a profile needs iam:PassRole', () => {
  expect(account.needs(iam.AddRoleToInstanceProfile, { ...profile, RoleName: 'dev' })).toMatchObject([
    {
      action: 'iam:AddRoleToInstanceProfile',
      resource: arn('instance-profile', 'web'),
      printed: 'instance profile web',
    },
    { action: 'iam:PassRole', resource: arn('role', 'dev'), context: { 'iam:PassedToService': 'ec2.amazonaws.com' } },
  ])
})

test('tags of an instance profile', () => {
  account.iam('TagInstanceProfile', {
    ...profile,
    Tags: [
      { Key: 'b', Value: '1' },
      { Key: 'a', Value: '2' },
    ],
  })
  account.iam('UntagInstanceProfile', { ...profile, TagKeys: ['b'] })
  expect(account.iam('ListInstanceProfileTags', profile)).toEqual({
    Tags: [{ Key: 'a', Value: '2' }],
    IsTruncated: false,
  })
})

test('UpdateRole leaves what is not given', () => {
  account.iam('UpdateRole', { RoleName: 'dev', MaxSessionDuration: 7200 })
  account.iam('UpdateRole', { RoleName: 'dev', Description: 'new' })
  expect(account.iam('GetRole', { RoleName: 'dev' }).Role).toMatchObject({
    MaxSessionDuration: 7200,
    Description: 'new',
  })
  expect(account.iam('UpdateRoleDescription', { RoleName: 'dev', Description: 'newer' }).Role.Description).toBe('newer')
})

test('an alias belongs to one account', () => {
  account.iam('CreateAccountAlias', { AccountAlias: 'my-sandbox' })
  expect(account.iam('ListAccountAliases')).toEqual({ AccountAliases: ['my-sandbox'], IsTruncated: false })
  account.caller = user('admin', partnerId)
  expect(refusal(() => account.iam('CreateAccountAlias', { AccountAlias: 'my-sandbox' }))).toMatch(
    'EntityAlreadyExists',
  )
  expect(refusal(() => account.iam('DeleteAccountAlias', { AccountAlias: 'my-sandbox' }))).toMatch('NoSuchEntity')
  account.caller = user('admin')
  account.iam('DeleteAccountAlias', { AccountAlias: 'my-sandbox' })
  expect(account.iam('ListAccountAliases').AccountAliases).toEqual([])
})

test('GetAccountSummary counts', () => {
  account.iam('CreatePolicy', { PolicyName: 'p', PolicyDocument: document })
  expect(account.iam('GetAccountSummary').SummaryMap).toMatchObject({
    Users: 1,
    Groups: 1,
    Roles: 1,
    Policies: 1,
    InstanceProfiles: 1,
    PolicyVersionsInUse: 1,
    RolesQuota: 1000,
    AccountAccessKeysPresent: 0,
  })
})

test('GetAccountAuthorizationDetails: four lists, in pages over all of them', () => {
  account.iam('CreatePolicy', { PolicyName: 'local', PolicyDocument: document })
  account.iam('PutGroupPolicy', { ...devs, PolicyName: 'p', PolicyDocument: document })
  const all = account.iam('GetAccountAuthorizationDetails')
  expect(all).toMatchObject({
    UserDetailList: [{ UserName: 'admin', GroupList: [], Tags: [] }],
    GroupDetailList: [{ GroupName: 'devs', GroupPolicyList: [{ PolicyName: 'p' }] }],
    RoleDetailList: [{ RoleName: 'dev', Tags: [], RolePolicyList: [], RoleLastUsed: {} }],
    Policies: [
      { PolicyName: 'local' },
      { PolicyName: 'AdministratorAccess', PolicyVersionList: [{ IsDefaultVersion: true }] },
    ],
    IsTruncated: false,
  })
  expect(all.UserDetailList[0]).not.toHaveProperty('UserPolicyList')
  expect(all.RoleDetailList[0]).not.toHaveProperty('MaxSessionDuration')
  const roles = account.iam('GetAccountAuthorizationDetails', { Filter: ['Role'] })
  expect(roles).toMatchObject({ UserDetailList: [], GroupDetailList: [], RoleDetailList: [{}], Policies: [] })
  const first = account.iam('GetAccountAuthorizationDetails', { MaxItems: 2 })
  expect(first).toMatchObject({ UserDetailList: [{}], GroupDetailList: [{}], RoleDetailList: [], IsTruncated: true })
  const second = account.iam('GetAccountAuthorizationDetails', { MaxItems: 2, Marker: first.Marker })
  expect(second).toMatchObject({ UserDetailList: [], RoleDetailList: [{}], Policies: [{ PolicyName: 'local' }] })
})

test('an OpenID Connect provider', () => {
  const OpenIDConnectProviderArn = arn('oidc-provider', 'token.example.com/x')
  const input = { Url: 'https://token.example.com/x', ClientIDList: ['sts.amazonaws.com'] }
  expect(account.iam('CreateOpenIDConnectProvider', input)).toEqual({ OpenIDConnectProviderArn })
  expect(account.iam('GetOpenIDConnectProvider', { OpenIDConnectProviderArn })).toMatchObject({
    Url: 'token.example.com/x',
    ClientIDList: ['sts.amazonaws.com'],
  })
  expect(account.iam('ListOpenIDConnectProviders')).toEqual({
    OpenIDConnectProviderList: [{ Arn: OpenIDConnectProviderArn }],
  })
  expect(refusal(() => account.iam('CreateOpenIDConnectProvider', input))).toMatch('409 EntityAlreadyExists')
  expect(refusal(() => account.iam('CreateOpenIDConnectProvider', { Url: 'ftp://x' }))).toMatch('400 InvalidInput')
  account.iam('DeleteOpenIDConnectProvider', { OpenIDConnectProviderArn })
  expect(refusal(() => account.iam('GetOpenIDConnectProvider', { OpenIDConnectProviderArn }))).toMatch(
    '404 NoSuchEntity',
  )
})

test.each<[string, (a: MemoryAccount) => unknown, string]>([
  [
    'a group name that is taken',
    a => a.iam('CreateGroup', { GroupName: 'DEVS' }),
    '409 EntityAlreadyExists: Group with name DEVS already exists.',
  ],
  [
    'GetGroup, none',
    a => a.iam('GetGroup', { GroupName: 'none' }),
    '404 NoSuchEntity: The group with name none cannot be found.',
  ],
  [
    'AddUserToGroup, none',
    a => a.iam('AddUserToGroup', { GroupName: 'none', UserName: 'admin' }),
    '404 NoSuchEntity: The group with name none cannot be found.',
  ],
  [
    'DeleteGroup with members',
    a => {
      a.iam('AddUserToGroup', { ...devs, UserName: 'admin' })
      a.iam('DeleteGroup', devs)
    },
    '409 DeleteConflict: Cannot delete entity, must remove users from group first.',
  ],
  [
    'GetGroupPolicy, none',
    a => a.iam('GetGroupPolicy', { ...devs, PolicyName: 'p' }),
    '404 NoSuchEntity: The group policy with name p cannot be found.',
  ],
  [
    'an eleventh group',
    a => {
      for (let n = 0; n < 11; n++) {
        a.iam('CreateGroup', { GroupName: `g${n}` })
        a.iam('AddUserToGroup', { GroupName: `g${n}`, UserName: 'admin' })
      }
    },
    '409 LimitExceeded: Cannot exceed quota for GroupsPerUser: 10',
  ],
  [
    'a second role in a profile',
    a => {
      for (let n = 0; n < 2; n++) a.iam('AddRoleToInstanceProfile', { ...profile, RoleName: 'dev' })
    },
    '409 LimitExceeded: Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1',
  ],
  [
    'deleting a role in a profile',
    a => {
      a.iam('AddRoleToInstanceProfile', { ...profile, RoleName: 'dev' })
      a.iam('DeleteRole', { RoleName: 'dev' })
    },
    '409 DeleteConflict: Cannot delete entity, must remove roles from instance profile first.',
  ],
  [
    'deleting a profile with a role',
    a => {
      a.iam('AddRoleToInstanceProfile', { ...profile, RoleName: 'dev' })
      a.iam('DeleteInstanceProfile', profile)
    },
    '409 DeleteConflict: Cannot delete entity, must remove roles from instance profile first.',
  ],
])('%s', (_, act, expected) => {
  expect(refusal(() => act(account))).toBe(expected)
})
