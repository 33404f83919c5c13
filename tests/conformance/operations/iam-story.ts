import { expect } from 'vitest'
import { authenticator } from '../../sandbox/mfa/authenticator.ts'
import { allow, document as documentOf, trustOf } from '../errors/world.ts'
import { type Place, type Scene, scene } from './scene.ts'

const readOnly = 'arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly'
const linkedReason = 'the account may have the role already, and it is not ours'
const aliasReason = 'an account has one alias, and it is not ours'
const document = documentOf(allow('ecr:ListImages'))
const some = (...rows: object[]) => expect.arrayContaining(rows.map(row => expect.objectContaining(row)))

/** Every operation of IAM that is served, in an order in which each succeeds. All that it makes is in one path, and gone at its end. */
export const iamStory = ({ accountId, prefix }: Place): Scene[] => {
  const Path = `/${prefix}/`
  const trust = trustOf(accountId)
  const arnOf = (kind: string, name: string): string => `arn:aws:iam::${accountId}:${kind}${Path}${name}`
  const role = { RoleName: `${prefix}-dev` }
  const user = { UserName: `${prefix}-ann` }
  const group = { GroupName: `${prefix}-devs` }
  const profile = { InstanceProfileName: `${prefix}-web` }
  const policy = { PolicyArn: arnOf('policy', `${prefix}-p`) }
  const inline = { PolicyName: 'inline', PolicyDocument: document }
  const named = { PolicyName: 'inline' }
  const boundary = { PermissionsBoundary: readOnly }
  const Tags = [{ Key: 'k', Value: 'v' }]
  const TagKeys = ['k']
  const provider = { OpenIDConnectProviderArn: `arn:aws:iam::${accountId}:oidc-provider/${prefix}.example.com` }
  const linked = { RoleName: 'AWSServiceRoleForECS' }
  const phone = { SerialNumber: `arn:aws:iam::${accountId}:mfa/${prefix}-phone` }
  const codes = ({ phone }: Record<string, { VirtualMFADevice: { Base32StringSeed: Uint8Array } }>, first: number) => {
    const shown = authenticator(phone?.VirtualMFADevice.Base32StringSeed ?? new Uint8Array())
    return { AuthenticationCode1: shown.code(first), AuthenticationCode2: shown.code(first + 1) }
  }
  const service = { ServiceName: 'codecommit.amazonaws.com' }
  const attached = { PolicyArn: readOnly }
  const tagged = { Tags, IsTruncated: false }
  const key = (answers: { key: { AccessKey: { AccessKeyId: string } } }) => ({
    ...user,
    AccessKeyId: answers.key.AccessKey.AccessKeyId,
  })

  return [
    scene(
      'CreatePolicy',
      { PolicyName: `${prefix}-p`, Path, PolicyDocument: document, Tags },
      { answer: { Policy: { Arn: policy.PolicyArn, Tags } } },
    ),
    scene('GetPolicy', policy, {
      answer: { Policy: { PolicyName: `${prefix}-p`, AttachmentCount: 0, IsAttachable: true } },
    }),
    scene(
      'ListPolicies',
      { Scope: 'Local', PathPrefix: Path },
      { answer: { Policies: [{ PolicyName: `${prefix}-p` }], IsTruncated: false } },
    ),
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
    scene('ListPolicyVersions', policy, { answer: { Versions: some({ VersionId: 'v2' }, { VersionId: 'v1' }) } }),
    scene('DeletePolicyVersion', { ...policy, VersionId: 'v1' }),
    scene(
      'CreateRole',
      { ...role, Path, AssumeRolePolicyDocument: trust, Tags },
      { answer: { Role: { Arn: arnOf('role', role.RoleName), Tags } } },
    ),
    scene('GetRole', role, { answer: { Role: { MaxSessionDuration: 3600, RoleLastUsed: {} } } }),
    scene('ListRoles', { PathPrefix: Path }, { answer: { Roles: [role], IsTruncated: false } }),
    scene('UpdateRole', { ...role, MaxSessionDuration: 7200 }),
    scene('UpdateRoleDescription', { ...role, Description: 'd' }, { answer: { Role: { Description: 'd' } } }),
    scene('UpdateAssumeRolePolicy', { ...role, PolicyDocument: trust }),
    scene('ListRoleTags', role, { answer: tagged }),
    scene('TagRole', { ...role, Tags }),
    scene('UntagRole', { ...role, TagKeys }),
    scene('PutRolePermissionsBoundary', { ...role, ...boundary }),
    scene('DeleteRolePermissionsBoundary', role),
    scene('CreateUser', { ...user, Path, Tags }, { answer: { User: { Arn: arnOf('user', user.UserName), Tags } } }),
    scene('GetUser', user, { answer: { User: user } }),
    scene('ListUsers', { PathPrefix: Path }, { answer: { Users: [user] } }),
    scene('UpdateUser', { ...user, NewPath: Path }),
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
    scene('CreateGroup', { ...group, Path }, { answer: { Group: { Arn: arnOf('group', group.GroupName) } } }),
    scene('ListGroups', { PathPrefix: Path }, { answer: { Groups: [group] } }),
    scene('UpdateGroup', { ...group, NewPath: Path }),
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
    scene(
      'ListEntitiesForPolicy',
      { ...attached, PathPrefix: Path },
      { answer: { PolicyRoles: [role], PolicyGroups: [group] } },
    ),
    scene('CreateInstanceProfile', { ...profile, Path, Tags }, { answer: { InstanceProfile: { Roles: [], Tags } } }),
    scene('ListInstanceProfileTags', profile, { answer: tagged }),
    scene('TagInstanceProfile', { ...profile, Tags }),
    scene('UntagInstanceProfile', { ...profile, TagKeys }),
    scene('AddRoleToInstanceProfile', { ...profile, ...role }),
    scene('GetInstanceProfile', profile, { answer: { InstanceProfile: { Roles: [role] } } }),
    scene('ListInstanceProfiles', { PathPrefix: Path }, { answer: { InstanceProfiles: [profile] } }),
    scene('ListInstanceProfilesForRole', role, { answer: { InstanceProfiles: [profile] } }),
    scene(
      'GetAccountAuthorizationDetails',
      { Filter: ['Role', 'Group'] },
      { answer: { RoleDetailList: expect.any(Array), GroupDetailList: expect.any(Array) } },
    ),
    scene(
      'GetAccountSummary',
      {},
      { answer: { SummaryMap: { Roles: expect.any(Number), RolesQuota: expect.any(Number) } } },
    ),
    scene(
      'SimulatePrincipalPolicy',
      { PolicySourceArn: arnOf('role', role.RoleName), ActionNames: ['ecr:ListImages'] },
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
      { PolicySourceArn: arnOf('role', role.RoleName) },
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
    scene(
      'CreateServiceLinkedRole',
      { AWSServiceName: 'ecs.amazonaws.com' },
      { answer: { Role: linked }, notOnAws: linkedReason },
    ),
    scene('DeleteServiceLinkedRole', linked, { as: 'task', notOnAws: linkedReason }),
    scene('GetServiceLinkedRoleDeletionStatus', answers => answers.task, {
      answer: { Status: 'SUCCEEDED' },
      notOnAws: linkedReason,
    }),
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
      { VirtualMFADeviceName: `${prefix}-phone` },
      { as: 'phone', answer: { VirtualMFADevice: phone } },
    ),
    scene('EnableMFADevice', answers => ({ ...user, ...phone, ...codes(answers, -1) })),
    scene('ListMFADevices', user, { answer: { MFADevices: [{ ...user, ...phone }] } }),
    scene('ListVirtualMFADevices', { AssignmentStatus: 'Assigned' }, { answer: { VirtualMFADevices: some(phone) } }),
    scene('GetMFADevice', { ...user, ...phone }, { answer: { ...user, ...phone } }),
    scene('ResyncMFADevice', answers => ({ ...user, ...phone, ...codes(answers, 0) })),
    scene('DeactivateMFADevice', { ...user, ...phone }),
    scene('DeleteVirtualMFADevice', phone),
    scene('RemoveUserFromGroup', { ...group, ...user }),
    scene('DeleteGroup', group),
    scene('DeleteUser', user),
    scene('DeleteRole', role),
    scene('DeletePolicy', policy),
    scene('CreateAccountAlias', { AccountAlias: prefix }, { notOnAws: aliasReason }),
    scene('ListAccountAliases', {}, { answer: { AccountAliases: expect.any(Array) } }),
    scene('DeleteAccountAlias', { AccountAlias: prefix }, { notOnAws: aliasReason }),
    scene(
      'CreateOpenIDConnectProvider',
      { Url: `https://${prefix}.example.com`, ClientIDList: ['sts.amazonaws.com'], ThumbprintList: ['a'.repeat(40)] },
      { answer: provider },
    ),
    scene('GetOpenIDConnectProvider', provider, { answer: { Url: `${prefix}.example.com` } }),
    scene(
      'ListOpenIDConnectProviders',
      {},
      { answer: { OpenIDConnectProviderList: some({ Arn: provider.OpenIDConnectProviderArn }) } },
    ),
    scene('DeleteOpenIDConnectProvider', provider),
  ]
}
