import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { iam } from '../../../sandbox/iam/index.ts'
import { authenticator } from '../mfa/authenticator.ts'
import { newStage, type Scene, type Stage } from '../over-http.ts'
import { adminPolicy, arn, document, trust } from './documents.ts'

const role = { RoleName: 'dev' }
const user = { UserName: 'ann' }
const group = { GroupName: 'devs' }
const profile = { InstanceProfileName: 'web' }
const policy = { PolicyArn: arn('policy', 'p') }
const inline = { PolicyName: 'inline', PolicyDocument: document }
const named = { PolicyName: 'inline' }
const boundary = { PermissionsBoundary: adminPolicy }
const Tags = [{ Key: 'k', Value: 'v' }]
const TagKeys = ['k']
const provider = { OpenIDConnectProviderArn: arn('oidc-provider', 'id.example.com') }
const linked = { RoleName: 'AWSServiceRoleForECS' }
const phone = { SerialNumber: arn('mfa', 'phone') }
const codes = ({ phone }: Record<string, { VirtualMFADevice: { Base32StringSeed: Uint8Array } }>, first: number) => {
  const shown = authenticator(phone?.VirtualMFADevice.Base32StringSeed ?? new Uint8Array())
  return { AuthenticationCode1: shown.code(first), AuthenticationCode2: shown.code(first + 1) }
}
const service = { ServiceName: 'codecommit.amazonaws.com' }
const attached = { PolicyArn: adminPolicy }
const tagged = { Tags, IsTruncated: false }
const key = (answers: { key: { AccessKey: { AccessKeyId: string } } }) => ({
  ...user,
  AccessKeyId: answers.key.AccessKey.AccessKeyId,
})

const scene = (operation: string, input: Scene['input'], more: Partial<Scene> = {}): Scene => ({
  operation,
  input,
  ...more,
})

/** Every operation that is served, in an order in which each succeeds. */
const story: Scene[] = [
  scene(
    'CreatePolicy',
    { PolicyName: 'p', PolicyDocument: document, Tags },
    { answer: { Policy: { Arn: policy.PolicyArn, Tags } } },
  ),
  scene('GetPolicy', policy, { answer: { Policy: { PolicyName: 'p', AttachmentCount: 0, IsAttachable: true } } }),
  scene('ListPolicies', { Scope: 'Local' }, { answer: { Policies: [{ PolicyName: 'p' }], IsTruncated: false } }),
  scene('TagPolicy', { ...policy, Tags }),
  scene('ListPolicyTags', policy, { answer: tagged }),
  scene('UntagPolicy', { ...policy, TagKeys }),
  scene(
    'CreatePolicyVersion',
    { ...policy, PolicyDocument: document },
    { answer: { PolicyVersion: { VersionId: 'v2', IsDefaultVersion: false } } },
  ),
  scene('SetDefaultPolicyVersion', { ...policy, VersionId: 'v2' }),
  scene(
    'GetPolicyVersion',
    { ...policy, VersionId: 'v1' },
    { answer: { PolicyVersion: { Document: encodeURIComponent(document).replaceAll('*', '%2A') } } },
  ),
  scene('ListPolicyVersions', policy, { answer: { Versions: [{ VersionId: 'v2' }, { VersionId: 'v1' }] } }),
  scene('DeletePolicyVersion', { ...policy, VersionId: 'v1' }),
  scene(
    'CreateRole',
    { ...role, AssumeRolePolicyDocument: trust, Tags },
    { answer: { Role: { Arn: arn('role', 'dev'), Tags } } },
  ),
  scene('GetRole', role, { answer: { Role: { MaxSessionDuration: 3600, RoleLastUsed: {} } } }),
  scene('ListRoles', {}, { answer: { Roles: [role], IsTruncated: false } }),
  scene('UpdateRole', { ...role, MaxSessionDuration: 7200 }),
  scene('UpdateRoleDescription', { ...role, Description: 'd' }, { answer: { Role: { Description: 'd' } } }),
  scene('UpdateAssumeRolePolicy', { ...role, PolicyDocument: trust }),
  scene('ListRoleTags', role, { answer: tagged }),
  scene('TagRole', { ...role, Tags }),
  scene('UntagRole', { ...role, TagKeys }),
  scene('PutRolePermissionsBoundary', { ...role, ...boundary }),
  scene('DeleteRolePermissionsBoundary', role),
  scene('CreateUser', { ...user, Tags }, { answer: { User: { Arn: arn('user', 'ann'), Tags } } }),
  scene('GetUser', user, { answer: { User: user } }),
  scene('ListUsers', {}, { answer: { Users: [{ UserName: 'admin' }, user, { UserName: 'nobody' }] } }),
  scene('UpdateUser', { ...user, NewPath: '/' }),
  scene('ListUserTags', user, { answer: tagged }),
  scene('TagUser', { ...user, Tags }),
  scene('UntagUser', { ...user, TagKeys }),
  scene('PutUserPermissionsBoundary', { ...user, ...boundary }),
  scene('DeleteUserPermissionsBoundary', user),
  scene('CreateAccessKey', user, { as: 'key', answer: { AccessKey: { ...user, Status: 'Active' } } }),
  scene('ListAccessKeys', user, { answer: { AccessKeyMetadata: [user] } }),
  scene('GetAccessKeyLastUsed', answers => ({ AccessKeyId: key(answers).AccessKeyId }), {
    answer: { AccessKeyLastUsed: { Region: 'N/A' } },
  }),
  scene('UpdateAccessKey', answers => ({ ...key(answers), Status: 'Inactive' })),
  scene('DeleteAccessKey', key),
  scene('CreateLoginProfile', { ...user, Password: 'Correct-Horse-9' }, { answer: { LoginProfile: user } }),
  scene('GetLoginProfile', user, { answer: { LoginProfile: { PasswordResetRequired: false } } }),
  scene('DeleteLoginProfile', user),
  scene('CreateGroup', group, { answer: { Group: { Arn: arn('group', 'devs') } } }),
  scene('ListGroups', {}, { answer: { Groups: [group] } }),
  scene('UpdateGroup', { ...group, NewPath: '/' }),
  scene('AddUserToGroup', { ...group, ...user }),
  scene('GetGroup', group, { answer: { Group: group, Users: [user] } }),
  scene('ListGroupsForUser', user, { answer: { Groups: [group] } }),
  ...[
    { noun: 'Role', entity: role },
    { noun: 'User', entity: user },
    { noun: 'Group', entity: group },
  ].flatMap(({ noun, entity }) => [
    scene(`Attach${noun}Policy`, { ...entity, ...attached }),
    scene(`ListAttached${noun}Policies`, entity, { answer: { AttachedPolicies: [attached] } }),
    scene(`Put${noun}Policy`, { ...entity, ...inline }),
    scene(`Get${noun}Policy`, { ...entity, ...named }, { answer: { ...entity, ...named } }),
    scene(`List${noun}Policies`, entity, { answer: { PolicyNames: ['inline'] } }),
  ]),
  scene('ListEntitiesForPolicy', attached, { answer: { PolicyRoles: [role], PolicyGroups: [group] } }),
  scene('CreateInstanceProfile', { ...profile, Tags }, { answer: { InstanceProfile: { Roles: [], Tags } } }),
  scene('ListInstanceProfileTags', profile, { answer: tagged }),
  scene('TagInstanceProfile', { ...profile, Tags }),
  scene('UntagInstanceProfile', { ...profile, TagKeys }),
  scene('AddRoleToInstanceProfile', { ...profile, ...role }),
  scene('GetInstanceProfile', profile, { answer: { InstanceProfile: { Roles: [role] } } }),
  scene('ListInstanceProfiles', {}, { answer: { InstanceProfiles: [profile] } }),
  scene('ListInstanceProfilesForRole', role, { answer: { InstanceProfiles: [profile] } }),
  scene(
    'GetAccountAuthorizationDetails',
    {},
    { answer: { RoleDetailList: [{ ...role, Tags: [] }], GroupDetailList: [group] } },
  ),
  scene('GetAccountSummary', {}, { answer: { SummaryMap: { Roles: 1, RolesQuota: 1000 } } }),
  scene(
    'SimulatePrincipalPolicy',
    { PolicySourceArn: arn('role', 'dev'), ActionNames: ['ecr:ListImages'] },
    { answer: { EvaluationResults: [{ EvalDecision: 'allowed' }] } },
  ),
  scene(
    'SimulateCustomPolicy',
    { PolicyInputList: [document], ActionNames: ['ecr:PutImage'] },
    { answer: { EvaluationResults: [{ EvalDecision: 'implicitDeny' }] } },
  ),
  scene('GetContextKeysForCustomPolicy', { PolicyInputList: [document] }, { answer: { ContextKeyNames: [] } }),
  scene(
    'GetContextKeysForPrincipalPolicy',
    { PolicySourceArn: arn('role', 'dev') },
    { answer: { ContextKeyNames: [] } },
  ),
  scene('RemoveRoleFromInstanceProfile', { ...profile, ...role }),
  scene('DeleteInstanceProfile', profile),
  ...[
    { noun: 'Role', entity: role },
    { noun: 'User', entity: user },
    { noun: 'Group', entity: group },
  ].flatMap(({ noun, entity }) => [
    scene(`Detach${noun}Policy`, { ...entity, ...attached }),
    scene(`Delete${noun}Policy`, { ...entity, ...named }),
  ]),
  scene('CreateServiceLinkedRole', { AWSServiceName: 'ecs.amazonaws.com' }, { answer: { Role: linked } }),
  scene('DeleteServiceLinkedRole', linked, { as: 'task' }),
  scene('GetServiceLinkedRoleDeletionStatus', answers => answers.task, { answer: { Status: 'SUCCEEDED' } }),
  scene(
    'CreateServiceSpecificCredential',
    { ...user, ...service },
    { as: 'credential', answer: { ServiceSpecificCredential: user } },
  ),
  scene('ListServiceSpecificCredentials', user, { answer: { ServiceSpecificCredentials: [service] } }),
  scene('DeleteServiceSpecificCredential', answers => {
    const { ServiceSpecificCredentialId } = answers.credential.ServiceSpecificCredential
    return { ...user, ServiceSpecificCredentialId }
  }),
  scene(
    'CreateVirtualMFADevice',
    { VirtualMFADeviceName: 'phone' },
    { as: 'phone', answer: { VirtualMFADevice: phone } },
  ),
  scene('EnableMFADevice', answers => ({ ...user, ...phone, ...codes(answers, -1) })),
  scene('ListMFADevices', user, { answer: { MFADevices: [{ ...user, ...phone }] } }),
  scene('ListVirtualMFADevices', {}, { answer: { VirtualMFADevices: [{ ...phone, User: user }] } }),
  scene('GetMFADevice', { ...user, ...phone }, { answer: { ...user, ...phone } }),
  scene('ResyncMFADevice', answers => ({ ...user, ...phone, ...codes(answers, 0) })),
  scene('DeactivateMFADevice', { ...user, ...phone }),
  scene('DeleteVirtualMFADevice', phone),
  scene('RemoveUserFromGroup', { ...group, ...user }),
  scene('DeleteGroup', group),
  scene('DeleteUser', user),
  scene('DeleteRole', role),
  scene('DeletePolicy', policy),
  scene('CreateAccountAlias', { AccountAlias: 'my-sandbox' }),
  scene('ListAccountAliases', {}, { answer: { AccountAliases: ['my-sandbox'] } }),
  scene('DeleteAccountAlias', { AccountAlias: 'my-sandbox' }),
  scene(
    'CreateOpenIDConnectProvider',
    { Url: 'https://id.example.com', ClientIDList: ['sts.amazonaws.com'], ThumbprintList: ['a'.repeat(40)] },
    { answer: provider },
  ),
  scene('GetOpenIDConnectProvider', provider, { answer: { Url: 'id.example.com' } }),
  scene(
    'ListOpenIDConnectProviders',
    {},
    { answer: { OpenIDConnectProviderList: [{ Arn: provider.OpenIDConnectProviderArn }] } },
  ),
  scene('DeleteOpenIDConnectProvider', provider),
]

test('the story has every operation', () => {
  expect(story.map(({ operation }) => operation).sort()).toEqual(Object.keys(iam).sort())
})

describe('by the real SDK, denied and then served', () => {
  let stage: Stage
  const answers: Record<string, object> = {}
  beforeAll(async () => {
    stage = await newStage('iam')
  })
  afterAll(() => stage.sandbox.remove())

  test.each(story)('$operation', async ({ operation, input, as, answer }) => {
    const given = typeof input === 'function' ? input(answers) : input
    const refused = stage.nobody(operation, given)
    await expect(refused).rejects.toMatchObject({ Code: 'AccessDenied', $metadata: { httpStatusCode: 403 } })
    await expect(refused).rejects.toThrow(
      /^User: arn:aws:iam::111122223333:user\/nobody is not authorized to perform:? iam:\w+ /,
    )
    await expect(refused).rejects.toThrow(`iam:${operation} `)
    const found = await stage.admin(operation, given)
    if (as !== undefined) answers[as] = found
    if (answer !== undefined) expect(found).toMatchObject(answer)
  })
})
