import { beforeEach, expect, test } from 'vitest'
import { iam } from '../../../sandbox/iam/index.ts'
import { type MemoryAccount, memoryAccount } from '../memory-account.ts'
import { adminPolicy, arn, document, trust } from './documents.ts'

let account: MemoryAccount
const role = { RoleName: 'dev' }
const policy = { PolicyArn: arn('policy', 'p') }
const printed = (text: string) => [{ printed: text }]

beforeEach(() => {
  account = memoryAccount()
  account.iam('CreateRole', {
    ...role,
    Path: '/team/',
    AssumeRolePolicyDocument: trust,
    PermissionsBoundary: adminPolicy,
    Tags: [{ Key: 'k', Value: 'v' }],
  })
  account.iam('CreatePolicy', { PolicyName: 'p', PolicyDocument: document })
})

/** What AWS prints after `on resource:` (recorded and pasted denials). */
test.each([
  ['GetRole', role, printed('role dev')],
  ['ListRolePolicies', role, printed('role dev')],
  ['ListAttachedRolePolicies', role, printed('role dev')],
  ['UpdateAssumeRolePolicy', role, printed('role dev')],
  ['DeleteRolePermissionsBoundary', role, printed('role dev')],
  ['ListAttachedUserPolicies', { UserName: 'victim' }, printed('user victim')],
  ['GetGroup', { GroupName: 'devs' }, printed('group devs')],
  ['PutGroupPolicy', { GroupName: 'devs' }, printed('group devs')],
  ['GetInstanceProfile', { InstanceProfileName: 'web' }, printed('instance profile web')],
  ['CreatePolicy', { PolicyName: 'new' }, printed('policy new')],
  ['ListPolicies', {}, printed('policy path /')],
  ['GetAccessKeyLastUsed', { AccessKeyId: 'AKIANONE' }, printed('access key AKIANONE')],
  ['CreateRole', { RoleName: 'new', Path: '/x/' }, [{ resource: arn('role', 'x/new') }]],
  ['CreateUser', { UserName: 'new' }, [{ resource: arn('user', 'new') }]],
  ['CreateInstanceProfile', { InstanceProfileName: 'new' }, [{ resource: arn('instance-profile', 'new') }]],
  ['ListRoles', {}, [{ resource: arn('role', '') }]],
  ['ListUsers', {}, [{ resource: arn('user', '') }]],
  ['SimulatePrincipalPolicy', { PolicySourceArn: arn('role', 'x') }, [{ resource: arn('role', 'x') }]],
] as const)('%s %j', (name, input, expected) => {
  expect(account.needs(iam[name], input)).toMatchObject(expected)
})

test('the resource has the path of the role that is there', () => {
  expect(account.needs(iam.GetRole, role)[0]?.resource).toBe(arn('role', 'team/dev'))
})

const boundary = { 'iam:PermissionsBoundary': adminPolicy }
const tags = { 'aws:ResourceTag/k': 'v', 'iam:ResourceTag/k': 'v' }

test.each([
  ['AttachRolePolicy', { ...role, ...policy }, { 'iam:PolicyARN': policy.PolicyArn, ...boundary, ...tags }],
  ['DetachRolePolicy', { ...role, ...policy }, { 'iam:PolicyARN': policy.PolicyArn, ...boundary, ...tags }],
  ['PutRolePolicy', role, { ...boundary, ...tags }],
  [
    'PutRolePermissionsBoundary',
    { ...role, PermissionsBoundary: policy.PolicyArn },
    { 'iam:PermissionsBoundary': policy.PolicyArn, ...tags },
  ],
  ['DeleteRolePermissionsBoundary', role, { ...boundary, ...tags }],
  ['CreateRole', { RoleName: 'new', PermissionsBoundary: adminPolicy }, boundary],
  ['GetRole', role, tags],
  [
    'TagRole',
    { ...role, Tags: [{ Key: 'a', Value: 'b' }] },
    { ...tags, 'aws:RequestTag/a': 'b', 'aws:TagKeys': ['a'] },
  ],
  ['UntagRole', { ...role, TagKeys: ['k'] }, { ...tags, 'aws:TagKeys': ['k'] }],
  ['CreateServiceLinkedRole', { AWSServiceName: 'ecs.amazonaws.com' }, { 'iam:AWSServiceName': 'ecs.amazonaws.com' }],
] as const)('condition keys of %s %j', (name, input, expected) => {
  expect(account.needs(iam[name], input)[0]?.context).toEqual(expected)
})
