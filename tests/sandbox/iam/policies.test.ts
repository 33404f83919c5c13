import { beforeEach, expect, test } from 'vitest'
import { accountId, type MemoryAccount, memoryAccount, refusal } from '../memory-account.ts'
import { adminPolicy, arn, document, trust } from './documents.ts'

let account: MemoryAccount
const PolicyArn = arn('policy', 'p')
const gone = arn('policy', 'gone')
const own = { PolicyArn }

beforeEach(() => {
  account = memoryAccount()
  account.iam('CreatePolicy', { PolicyName: 'p', PolicyDocument: document, Description: 'd' })
})

test('CreatePolicy shows no description, GetPolicy does, and always tags', () => {
  const { Policy } = account.iam('CreatePolicy', {
    PolicyName: 'q',
    PolicyDocument: document,
    Description: 'd',
    Path: '/x/',
  })
  expect(Policy).toEqual({
    PolicyName: 'q',
    PolicyId: expect.stringMatching(/^ANPA[A-Z2-7]{17}$/),
    Arn: arn('policy', 'x/q'),
    Path: '/x/',
    DefaultVersionId: 'v1',
    AttachmentCount: 0,
    PermissionsBoundaryUsageCount: 0,
    IsAttachable: true,
    CreateDate: expect.any(Date),
    UpdateDate: expect.any(Date),
  })
  expect(account.iam('GetPolicy', own).Policy).toMatchObject({ Description: 'd', Tags: [] })
})

test('version numbers are never used again', () => {
  const create = (SetAsDefault = false) =>
    account.iam('CreatePolicyVersion', { ...own, PolicyDocument: document, SetAsDefault })
  for (let version = 2; version <= 5; version++) create()
  expect(refusal(create)).toBe(
    '409 LimitExceeded: A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.',
  )
  account.iam('DeletePolicyVersion', { ...own, VersionId: 'v2' })
  expect(create(true).PolicyVersion).toMatchObject({ VersionId: 'v6', IsDefaultVersion: true })
  const versions = account.iam('ListPolicyVersions', own).Versions
  expect(versions.map((item: { VersionId: string }) => item.VersionId)).toEqual(['v6', 'v5', 'v4', 'v3', 'v1'])
  expect(versions[0]).not.toHaveProperty('Document')
})

test('GetPolicyVersion shows the document', () => {
  const { PolicyVersion } = account.iam('GetPolicyVersion', { ...own, VersionId: 'v1' })
  expect(decodeURIComponent(PolicyVersion.Document)).toBe(document)
  expect(PolicyVersion.IsDefaultVersion).toBe(true)
})

test('SetDefaultPolicyVersion', () => {
  account.iam('CreatePolicyVersion', { ...own, PolicyDocument: document })
  account.iam('SetDefaultPolicyVersion', { ...own, VersionId: 'v2' })
  expect(account.iam('GetPolicy', own).Policy.DefaultVersionId).toBe('v2')
})

test('tags of policies: keys with their case, shown by length', () => {
  account.iam('TagPolicy', {
    ...own,
    Tags: [
      { Key: 'bb', Value: '1' },
      { Key: 'a', Value: '2' },
      { Key: 'A', Value: '3' },
    ],
  })
  expect(account.iam('ListPolicyTags', own).Tags).toEqual([
    { Key: 'A', Value: '3' },
    { Key: 'a', Value: '2' },
    { Key: 'bb', Value: '1' },
  ])
  account.iam('UntagPolicy', { ...own, TagKeys: ['a', 'bb'] })
  expect(account.iam('ListPolicyTags', own).Tags).toEqual([{ Key: 'A', Value: '3' }])
})

test('ListPolicies by scope and use', () => {
  const names = (input: object) =>
    account.iam('ListPolicies', input).Policies.map((item: { PolicyName: string }) => item.PolicyName)
  expect(names({ Scope: 'Local' })).toEqual(['p'])
  expect(names({ Scope: 'AWS' })).toContain('AmazonEC2ContainerRegistryReadOnly')
  expect(names({ OnlyAttached: true })).toEqual(['AdministratorAccess'])
  expect(names({ PathPrefix: '/job-function/' })).toEqual(['ViewOnlyAccess'])
})

test('ListEntitiesForPolicy shows three lists', () => {
  account.iam('CreateRole', { RoleName: 'dev', AssumeRolePolicyDocument: trust })
  account.iam('AttachRolePolicy', { RoleName: 'dev', PolicyArn: adminPolicy })
  expect(account.iam('ListEntitiesForPolicy', { PolicyArn: adminPolicy })).toEqual({
    PolicyGroups: [],
    PolicyUsers: [{ UserName: 'admin', UserId: expect.stringMatching(/^AIDA/) }],
    PolicyRoles: [{ RoleName: 'dev', RoleId: expect.stringMatching(/^AROA/) }],
    IsTruncated: false,
  })
  expect(account.iam('ListEntitiesForPolicy', { PolicyArn: adminPolicy, EntityFilter: 'Role' }).PolicyUsers).toEqual([])
})

test('DeletePolicy', () => {
  account.iam('DeletePolicy', own)
  expect(refusal(() => account.iam('GetPolicy', own))).toBe(`404 NoSuchEntity: Policy ${PolicyArn} was not found.`)
})

const v9 = (policy: string) => `404 NoSuchEntity: Policy ${policy} version v9 does not exist or is not attachable.`
const attach = (a: MemoryAccount) => {
  a.iam('CreateRole', { RoleName: 'dev', AssumeRolePolicyDocument: trust })
  a.iam('AttachRolePolicy', { RoleName: 'dev', ...own })
}

test.each<[string, (account: MemoryAccount) => unknown, string]>([
  [
    'a name that is taken',
    a => a.iam('CreatePolicy', { PolicyName: 'P', PolicyDocument: document }),
    '409 EntityAlreadyExists: A policy called P already exists. Duplicate names are not allowed.',
  ],
  [
    'a document with a principal',
    a =>
      a.iam('CreatePolicy', {
        PolicyName: 'x',
        PolicyDocument: document.replace('"Action"', '"Principal":"*","Action"'),
      }),
    '400 MalformedPolicyDocument: Policy document should not specify a principal.',
  ],
  [
    'a tag key twice',
    a =>
      a.iam('TagPolicy', {
        ...own,
        Tags: [
          { Key: 'a', Value: '' },
          { Key: 'a', Value: '' },
        ],
      }),
    '400 InvalidInput: Duplicate tag keys found.',
  ],
  ['GetPolicyVersion, no such version', a => a.iam('GetPolicyVersion', { ...own, VersionId: 'v9' }), v9(PolicyArn)],
  [
    'SetDefaultPolicyVersion, no such policy',
    a => a.iam('SetDefaultPolicyVersion', { PolicyArn: gone, VersionId: 'v9' }),
    v9(gone),
  ],
  [
    'DeletePolicyVersion, the default one',
    a => a.iam('DeletePolicyVersion', { ...own, VersionId: 'v1' }),
    '409 DeleteConflict: Cannot delete the default version of a policy.',
  ],
  [
    'DeletePolicyVersion of AWS',
    a => a.iam('DeletePolicyVersion', { PolicyArn: adminPolicy, VersionId: 'v1' }),
    '403 AccessDenied: Cannot delete policy versions for policies outside your own account.',
  ],
  [
    'DeletePolicy of AWS',
    a => a.iam('DeletePolicy', { PolicyArn: adminPolicy }),
    '403 AccessDenied: Cannot delete policies outside your own account.',
  ],
  [
    'SetDefaultPolicyVersion of AWS',
    a => a.iam('SetDefaultPolicyVersion', { PolicyArn: adminPolicy, VersionId: 'v1' }),
    '403 AccessDenied: Cannot update policies outside your own account.',
  ],
  [
    'DeletePolicy, none',
    a => a.iam('DeletePolicy', { PolicyArn: gone }),
    `404 NoSuchEntity: Policy ${gone} was not found.`,
  ],
  [
    'TagPolicy, none',
    a => a.iam('TagPolicy', { PolicyArn: gone, Tags: [] }),
    `404 NoSuchEntity: Policy ${gone} was not found.`,
  ],
  [
    'ListEntitiesForPolicy, none',
    a => a.iam('ListEntitiesForPolicy', { PolicyArn: gone }),
    `404 NoSuchEntity: Policy ${gone} does not exist or is not attachable.`,
  ],
  [
    'DeletePolicy, attached',
    a => {
      attach(a)
      a.iam('DeletePolicy', own)
    },
    '409 DeleteConflict: Cannot delete a policy attached to entities.',
  ],
  [
    'DeletePolicy, more versions',
    a => {
      a.iam('CreatePolicyVersion', { ...own, PolicyDocument: document })
      a.iam('DeletePolicy', own)
    },
    "409 DeleteConflict: This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
  ],
  [
    'a policy of another account',
    a => a.iam('GetPolicy', { PolicyArn: PolicyArn.replace(accountId, '444455556666') }),
    `404 NoSuchEntity: Policy ${PolicyArn.replace(accountId, '444455556666')} was not found.`,
  ],
])('%s', (_, act, expected) => {
  expect(refusal(() => act(account))).toBe(expected)
})
