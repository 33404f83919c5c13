import { beforeEach, describe, expect, test } from 'vitest'
import { uniqueIds } from '../../../sandbox/iam/entities.ts'
import { iam } from '../../../sandbox/iam/index.ts'
import { accountId, type MemoryAccount, memoryAccount, refusal } from '../memory-account.ts'
import { adminPolicy, arn, document, trust } from './documents.ts'

let account: MemoryAccount
const role = { RoleName: 'dev' }

beforeEach(() => {
  account = memoryAccount()
  account.iam('CreateRole', { RoleName: 'dev', AssumeRolePolicyDocument: trust, Description: 'for developers' })
})

test('CreateRole shows neither description nor session duration', () => {
  const { Role } = account.iam('CreateRole', {
    RoleName: 'Ops',
    Path: '/team/',
    AssumeRolePolicyDocument: trust,
    Description: 'd',
    Tags: [{ Key: 'team', Value: 'a' }],
    PermissionsBoundary: adminPolicy,
  })
  expect(Role).toEqual({
    Path: '/team/',
    RoleName: 'Ops',
    RoleId: expect.stringMatching(/^AROA[A-Z2-7]{17}$/),
    Arn: arn('role', 'team/Ops'),
    CreateDate: new Date('2026-11-22T10:00:00Z'),
    AssumeRolePolicyDocument: expect.stringMatching(/^%7B%22Version%22%3A%222012-10-17%22/),
    Tags: [{ Key: 'team', Value: 'a' }],
    PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: adminPolicy },
  })
})

test('GetRole shows description, duration and an empty last use, whatever the case of the name', () => {
  expect(account.iam('GetRole', { RoleName: 'DEV' }).Role).toMatchObject({
    RoleName: 'dev',
    Description: 'for developers',
    MaxSessionDuration: 3600,
    RoleLastUsed: {},
  })
  expect(account.iam('GetRole', role).Role).not.toHaveProperty('Tags')
})

test('ListRoles goes page by page in the order of names, below a path', () => {
  for (const RoleName of ['c', 'B', 'a'])
    account.iam('CreateRole', { RoleName, Path: '/myPath/', AssumeRolePolicyDocument: trust })
  const first = account.iam('ListRoles', { PathPrefix: '/my', MaxItems: 2 })
  expect(first.Roles.map((item: { RoleName: string }) => item.RoleName)).toEqual(['a', 'B'])
  expect(first.IsTruncated).toBe(true)
  const second = account.iam('ListRoles', { PathPrefix: '/my', MaxItems: 2, Marker: first.Marker })
  expect(second).toMatchObject({ Roles: [{ RoleName: 'c' }], IsTruncated: false })
  expect(second).not.toHaveProperty('Marker')
  expect(second.Roles[0]).not.toHaveProperty('RoleLastUsed')
})

test('a deleted role takes its unique id along, and a new one of that name has another', () => {
  const id = account.iam('GetRole', role).Role.RoleId
  expect(account.state.get(uniqueIds, id)).toEqual({ accountId, kind: 'role', name: 'dev' })
  account.iam('DeleteRole', role)
  expect(account.state.get(uniqueIds, id)).toBeUndefined()
  const again = account.iam('CreateRole', { ...role, AssumeRolePolicyDocument: trust }).Role.RoleId
  expect(again).not.toBe(id)
})

test('a trusted role is printed by its id once it is deleted', () => {
  const trusting = trust.replace(arn('root', '').slice(0, -1), arn('role', 'dev'))
  account.iam('UpdateAssumeRolePolicy', { RoleName: 'dev', PolicyDocument: trust })
  account.iam('CreateRole', { RoleName: 'second', AssumeRolePolicyDocument: trusting })
  const shown = () => decodeURIComponent(account.iam('GetRole', { RoleName: 'second' }).Role.AssumeRolePolicyDocument)
  const id = account.iam('GetRole', role).Role.RoleId
  expect(shown()).toBe(trusting)
  account.iam('DeleteRole', role)
  expect(shown()).toBe(trusting.replace(arn('role', 'dev'), id))
})

test('tags: the key regardless of case, in the order given', () => {
  account.iam('TagRole', {
    ...role,
    Tags: [
      { Key: 'somekey', Value: '1' },
      { Key: 'b', Value: '2' },
    ],
  })
  account.iam('TagRole', { ...role, Tags: [{ Key: 'Somekey', Value: '3' }] })
  expect(account.iam('ListRoleTags', role)).toEqual({
    Tags: [
      { Key: 'Somekey', Value: '3' },
      { Key: 'b', Value: '2' },
    ],
    IsTruncated: false,
  })
  account.iam('UntagRole', { ...role, TagKeys: ['SOMEKEY', 'none'] })
  expect(account.iam('ListRoleTags', role).Tags).toEqual([{ Key: 'b', Value: '2' }])
})

test('attached policies: attaching twice is once, detaching gives it back', () => {
  account.iam('AttachRolePolicy', { ...role, PolicyArn: adminPolicy })
  account.iam('AttachRolePolicy', { ...role, PolicyArn: adminPolicy })
  expect(account.iam('ListAttachedRolePolicies', role)).toEqual({
    AttachedPolicies: [{ PolicyName: 'AdministratorAccess', PolicyArn: adminPolicy }],
    IsTruncated: false,
  })
  // The first accounts come with an administrator.
  expect(account.iam('GetPolicy', { PolicyArn: adminPolicy }).Policy.AttachmentCount).toBe(2)
  account.iam('DetachRolePolicy', { ...role, PolicyArn: adminPolicy })
  expect(account.iam('ListAttachedRolePolicies', role).AttachedPolicies).toEqual([])
})

test('inline policies are kept as they were given', () => {
  account.iam('PutRolePolicy', { ...role, PolicyName: 'p', PolicyDocument: ` ${document}\n` })
  expect(account.iam('GetRolePolicy', { ...role, PolicyName: 'p' })).toEqual({
    RoleName: 'dev',
    PolicyName: 'p',
    PolicyDocument: encodeURIComponent(` ${document}\n`).replaceAll('*', '%2A'),
  })
  expect(account.iam('ListRolePolicies', role)).toEqual({ PolicyNames: ['p'], IsTruncated: false })
  account.iam('DeleteRolePolicy', { ...role, PolicyName: 'p' })
  expect(account.iam('ListRolePolicies', role).PolicyNames).toEqual([])
})

test('a boundary is counted at the policy, and taken away again', () => {
  const boundary = account.iam('CreatePolicy', { PolicyName: 'limit', PolicyDocument: document }).Policy.Arn
  const uses = () => account.iam('GetPolicy', { PolicyArn: boundary }).Policy.PermissionsBoundaryUsageCount
  account.iam('PutRolePermissionsBoundary', { ...role, PermissionsBoundary: boundary })
  expect(uses()).toBe(1)
  account.iam('DeleteRolePermissionsBoundary', role)
  expect(uses()).toBe(0)
  expect(account.iam('GetRole', role).Role).not.toHaveProperty('PermissionsBoundary')
})

test('ListInstanceProfilesForRole without any', () => {
  expect(account.iam('ListInstanceProfilesForRole', role)).toEqual({ InstanceProfiles: [], IsTruncated: false })
})

const missing = '404 NoSuchEntity: The role with name nobody cannot be found.'
const nobody = {
  RoleName: 'nobody',
  PolicyName: 'p',
  PolicyArn: adminPolicy,
  PolicyDocument: document,
  Tags: [],
  TagKeys: [],
}

test.each([
  'GetRole',
  'DeleteRole',
  'UpdateAssumeRolePolicy',
  'TagRole',
  'UntagRole',
  'ListRoleTags',
  'AttachRolePolicy',
  'DetachRolePolicy',
  'ListAttachedRolePolicies',
  'PutRolePolicy',
  'GetRolePolicy',
  'ListRolePolicies',
  'DeleteRolePolicy',
  'DeleteRolePermissionsBoundary',
  'ListInstanceProfilesForRole',
] as const)('%s of a role that does not exist', name => {
  expect(refusal(() => account.iam(name, nobody))).toBe(missing)
})

describe('needs', () => {
  test.each([
    ['GetRole', role, [{ action: 'iam:GetRole', resource: arn('role', 'dev'), printed: 'role dev' }]],
    [
      'GetRole',
      { RoleName: 'nobody' },
      [{ action: 'iam:GetRole', resource: arn('role', 'nobody'), printed: 'role nobody' }],
    ],
    ['ListRoles', { PathPrefix: '/x/' }, [{ action: 'iam:ListRoles', resource: arn('role', 'x/') }]],
    [
      'CreateRole',
      { RoleName: 'n', Path: '/p/', Tags: [{ Key: 'k', Value: 'v' }] },
      [
        {
          action: 'iam:CreateRole',
          resource: arn('role', 'p/n'),
          context: { 'aws:RequestTag/k': 'v', 'aws:TagKeys': ['k'] },
        },
        { action: 'iam:TagRole', resource: arn('role', 'p/n') },
      ],
    ],
    [
      'AttachRolePolicy',
      { ...role, PolicyArn: adminPolicy },
      [{ action: 'iam:AttachRolePolicy', resource: arn('role', 'dev'), context: { 'iam:PolicyARN': adminPolicy } }],
    ],
  ] as const)('%s %j', (name, input, expected) => {
    expect(account.needs(iam[name], input)).toMatchObject(expected)
  })
})
