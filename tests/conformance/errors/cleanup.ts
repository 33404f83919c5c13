import type { ByName, Senders } from './senders.ts'

/** A call that succeeded. */
export interface Made {
  service: keyof Senders
  operation: string
  input: ByName
  output: ByName
}

type Undo = (by: Senders, made: Made) => Promise<unknown>

/** How to take back what a call made, with all that may hang on it. */
const undo: Readonly<Record<string, Undo>> = {
  async CreateRole({ iam }, { input: { RoleName } }) {
    for (const { PolicyArn } of (await iam('ListAttachedRolePolicies', { RoleName })).AttachedPolicies)
      await iam('DetachRolePolicy', { RoleName, PolicyArn })
    for (const PolicyName of (await iam('ListRolePolicies', { RoleName })).PolicyNames)
      await iam('DeleteRolePolicy', { RoleName, PolicyName })
    for (const { InstanceProfileName } of (await iam('ListInstanceProfilesForRole', { RoleName })).InstanceProfiles)
      await iam('RemoveRoleFromInstanceProfile', { RoleName, InstanceProfileName })
    await iam('DeleteRole', { RoleName })
  },
  async CreateUser({ iam }, { input: { UserName } }) {
    for (const { PolicyArn } of (await iam('ListAttachedUserPolicies', { UserName })).AttachedPolicies)
      await iam('DetachUserPolicy', { UserName, PolicyArn })
    for (const PolicyName of (await iam('ListUserPolicies', { UserName })).PolicyNames)
      await iam('DeleteUserPolicy', { UserName, PolicyName })
    for (const { AccessKeyId } of (await iam('ListAccessKeys', { UserName })).AccessKeyMetadata)
      await iam('DeleteAccessKey', { UserName, AccessKeyId })
    for (const { GroupName } of (await iam('ListGroupsForUser', { UserName })).Groups)
      await iam('RemoveUserFromGroup', { UserName, GroupName })
    const { ServiceSpecificCredentials } = await iam('ListServiceSpecificCredentials', { UserName })
    for (const { ServiceSpecificCredentialId } of ServiceSpecificCredentials)
      await iam('DeleteServiceSpecificCredential', { UserName, ServiceSpecificCredentialId })
    for (const { SerialNumber } of (await iam('ListMFADevices', { UserName })).MFADevices)
      await iam('DeactivateMFADevice', { UserName, SerialNumber })
    await iam('DeleteLoginProfile', { UserName }).catch(unlessGone)
    await iam('DeleteUser', { UserName })
  },
  async CreateGroup({ iam }, { input: { GroupName } }) {
    for (const { PolicyArn } of (await iam('ListAttachedGroupPolicies', { GroupName })).AttachedPolicies)
      await iam('DetachGroupPolicy', { GroupName, PolicyArn })
    for (const PolicyName of (await iam('ListGroupPolicies', { GroupName })).PolicyNames)
      await iam('DeleteGroupPolicy', { GroupName, PolicyName })
    for (const { UserName } of (await iam('GetGroup', { GroupName })).Users)
      await iam('RemoveUserFromGroup', { UserName, GroupName })
    await iam('DeleteGroup', { GroupName })
  },
  async CreatePolicy({ iam }, { output }) {
    const PolicyArn = output.Policy.Arn
    const entities = (PolicyUsageFilter: string) => iam('ListEntitiesForPolicy', { PolicyArn, PolicyUsageFilter })
    const { PolicyRoles, PolicyUsers, PolicyGroups } = await entities('PermissionsPolicy')
    for (const { GroupName } of PolicyGroups) await iam('DetachGroupPolicy', { GroupName, PolicyArn })
    for (const { RoleName } of PolicyRoles) await iam('DetachRolePolicy', { RoleName, PolicyArn })
    for (const { UserName } of PolicyUsers) await iam('DetachUserPolicy', { UserName, PolicyArn })
    const bounded = await entities('PermissionsBoundary')
    for (const { RoleName } of bounded.PolicyRoles) await iam('DeleteRolePermissionsBoundary', { RoleName })
    for (const { UserName } of bounded.PolicyUsers) await iam('DeleteUserPermissionsBoundary', { UserName })
    for (const { VersionId, IsDefaultVersion } of (await iam('ListPolicyVersions', { PolicyArn })).Versions)
      if (!IsDefaultVersion) await iam('DeletePolicyVersion', { PolicyArn, VersionId })
    await iam('DeletePolicy', { PolicyArn })
  },
  async CreateInstanceProfile({ iam }, { input: { InstanceProfileName } }) {
    for (const { RoleName } of (await iam('GetInstanceProfile', { InstanceProfileName })).InstanceProfile.Roles)
      await iam('RemoveRoleFromInstanceProfile', { RoleName, InstanceProfileName })
    await iam('DeleteInstanceProfile', { InstanceProfileName })
  },
  CreateOpenIDConnectProvider: ({ iam }, { output: { OpenIDConnectProviderArn } }) =>
    iam('DeleteOpenIDConnectProvider', { OpenIDConnectProviderArn }),
  CreateVirtualMFADevice: ({ iam }, { output }) =>
    iam('DeleteVirtualMFADevice', { SerialNumber: output.VirtualMFADevice.SerialNumber }),
  CreateRepository: ({ ecr }, { input: { repositoryName } }) =>
    ecr('DeleteRepository', { repositoryName, force: true }),
}

const unlessGone = (error: Error): void => {
  if (!/^NoSuchEntity|NotFound/.test(error.name)) throw error
}

/** Takes everything back, the last first. @throws AggregateError with what could not be removed */
export const cleanUp = async (by: Senders, made: readonly Made[]): Promise<void> => {
  const failures: unknown[] = []
  for (const one of made.toReversed()) {
    await undo[one.operation]?.(by, one)
      .catch(unlessGone)
      .catch(error => failures.push(error))
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} things of this run are left behind`)
}
