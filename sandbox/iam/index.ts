import type { AnyOperation } from '../operation.ts'
import { AddRoleToInstanceProfile } from './AddRoleToInstanceProfile.ts'
import { AddUserToGroup } from './AddUserToGroup.ts'
import { AttachGroupPolicy } from './AttachGroupPolicy.ts'
import { AttachRolePolicy } from './AttachRolePolicy.ts'
import { AttachUserPolicy } from './AttachUserPolicy.ts'
import { CreateAccessKey } from './CreateAccessKey.ts'
import { CreateAccountAlias } from './CreateAccountAlias.ts'
import { CreateGroup } from './CreateGroup.ts'
import { CreateInstanceProfile } from './CreateInstanceProfile.ts'
import { CreateLoginProfile } from './CreateLoginProfile.ts'
import { CreateOpenIDConnectProvider } from './CreateOpenIDConnectProvider.ts'
import { CreatePolicy } from './CreatePolicy.ts'
import { CreatePolicyVersion } from './CreatePolicyVersion.ts'
import { CreateRole } from './CreateRole.ts'
import { CreateServiceLinkedRole } from './CreateServiceLinkedRole.ts'
import { CreateServiceSpecificCredential } from './CreateServiceSpecificCredential.ts'
import { CreateUser } from './CreateUser.ts'
import { CreateVirtualMFADevice } from './CreateVirtualMFADevice.ts'
import { DeactivateMFADevice } from './DeactivateMFADevice.ts'
import { DeleteAccessKey } from './DeleteAccessKey.ts'
import { DeleteAccountAlias } from './DeleteAccountAlias.ts'
import { DeleteGroup } from './DeleteGroup.ts'
import { DeleteGroupPolicy } from './DeleteGroupPolicy.ts'
import { DeleteInstanceProfile } from './DeleteInstanceProfile.ts'
import { DeleteLoginProfile } from './DeleteLoginProfile.ts'
import { DeleteOpenIDConnectProvider } from './DeleteOpenIDConnectProvider.ts'
import { DeletePolicy } from './DeletePolicy.ts'
import { DeletePolicyVersion } from './DeletePolicyVersion.ts'
import { DeleteRole } from './DeleteRole.ts'
import { DeleteRolePermissionsBoundary } from './DeleteRolePermissionsBoundary.ts'
import { DeleteRolePolicy } from './DeleteRolePolicy.ts'
import { DeleteServiceLinkedRole } from './DeleteServiceLinkedRole.ts'
import { DeleteServiceSpecificCredential } from './DeleteServiceSpecificCredential.ts'
import { DeleteUser } from './DeleteUser.ts'
import { DeleteUserPermissionsBoundary } from './DeleteUserPermissionsBoundary.ts'
import { DeleteUserPolicy } from './DeleteUserPolicy.ts'
import { DeleteVirtualMFADevice } from './DeleteVirtualMFADevice.ts'
import { DetachGroupPolicy } from './DetachGroupPolicy.ts'
import { DetachRolePolicy } from './DetachRolePolicy.ts'
import { DetachUserPolicy } from './DetachUserPolicy.ts'
import { EnableMFADevice } from './EnableMFADevice.ts'
import { GetAccessKeyLastUsed } from './GetAccessKeyLastUsed.ts'
import { GetAccountAuthorizationDetails } from './GetAccountAuthorizationDetails.ts'
import { GetAccountSummary } from './GetAccountSummary.ts'
import { GetContextKeysForCustomPolicy } from './GetContextKeysForCustomPolicy.ts'
import { GetContextKeysForPrincipalPolicy } from './GetContextKeysForPrincipalPolicy.ts'
import { GetGroup } from './GetGroup.ts'
import { GetGroupPolicy } from './GetGroupPolicy.ts'
import { GetInstanceProfile } from './GetInstanceProfile.ts'
import { GetLoginProfile } from './GetLoginProfile.ts'
import { GetMFADevice } from './GetMFADevice.ts'
import { GetOpenIDConnectProvider } from './GetOpenIDConnectProvider.ts'
import { GetPolicy } from './GetPolicy.ts'
import { GetPolicyVersion } from './GetPolicyVersion.ts'
import { GetRole } from './GetRole.ts'
import { GetRolePolicy } from './GetRolePolicy.ts'
import { GetServiceLinkedRoleDeletionStatus } from './GetServiceLinkedRoleDeletionStatus.ts'
import { GetUser } from './GetUser.ts'
import { GetUserPolicy } from './GetUserPolicy.ts'
import { ListAccessKeys } from './ListAccessKeys.ts'
import { ListAccountAliases } from './ListAccountAliases.ts'
import { ListAttachedGroupPolicies } from './ListAttachedGroupPolicies.ts'
import { ListAttachedRolePolicies } from './ListAttachedRolePolicies.ts'
import { ListAttachedUserPolicies } from './ListAttachedUserPolicies.ts'
import { ListEntitiesForPolicy } from './ListEntitiesForPolicy.ts'
import { ListGroupPolicies } from './ListGroupPolicies.ts'
import { ListGroups } from './ListGroups.ts'
import { ListGroupsForUser } from './ListGroupsForUser.ts'
import { ListInstanceProfiles } from './ListInstanceProfiles.ts'
import { ListInstanceProfilesForRole } from './ListInstanceProfilesForRole.ts'
import { ListInstanceProfileTags } from './ListInstanceProfileTags.ts'
import { ListMFADevices } from './ListMFADevices.ts'
import { ListOpenIDConnectProviders } from './ListOpenIDConnectProviders.ts'
import { ListPolicies } from './ListPolicies.ts'
import { ListPolicyTags } from './ListPolicyTags.ts'
import { ListPolicyVersions } from './ListPolicyVersions.ts'
import { ListRolePolicies } from './ListRolePolicies.ts'
import { ListRoles } from './ListRoles.ts'
import { ListRoleTags } from './ListRoleTags.ts'
import { ListServiceSpecificCredentials } from './ListServiceSpecificCredentials.ts'
import { ListUserPolicies } from './ListUserPolicies.ts'
import { ListUsers } from './ListUsers.ts'
import { ListUserTags } from './ListUserTags.ts'
import { ListVirtualMFADevices } from './ListVirtualMFADevices.ts'
import { PutGroupPolicy } from './PutGroupPolicy.ts'
import { PutRolePermissionsBoundary } from './PutRolePermissionsBoundary.ts'
import { PutRolePolicy } from './PutRolePolicy.ts'
import { PutUserPermissionsBoundary } from './PutUserPermissionsBoundary.ts'
import { PutUserPolicy } from './PutUserPolicy.ts'
import { RemoveRoleFromInstanceProfile } from './RemoveRoleFromInstanceProfile.ts'
import { RemoveUserFromGroup } from './RemoveUserFromGroup.ts'
import { ResyncMFADevice } from './ResyncMFADevice.ts'
import { SetDefaultPolicyVersion } from './SetDefaultPolicyVersion.ts'
import { SimulateCustomPolicy } from './SimulateCustomPolicy.ts'
import { SimulatePrincipalPolicy } from './SimulatePrincipalPolicy.ts'
import { TagInstanceProfile } from './TagInstanceProfile.ts'
import { TagPolicy } from './TagPolicy.ts'
import { TagRole } from './TagRole.ts'
import { TagUser } from './TagUser.ts'
import { UntagInstanceProfile } from './UntagInstanceProfile.ts'
import { UntagPolicy } from './UntagPolicy.ts'
import { UntagRole } from './UntagRole.ts'
import { UntagUser } from './UntagUser.ts'
import { UpdateAccessKey } from './UpdateAccessKey.ts'
import { UpdateAssumeRolePolicy } from './UpdateAssumeRolePolicy.ts'
import { UpdateGroup } from './UpdateGroup.ts'
import { UpdateRole } from './UpdateRole.ts'
import { UpdateRoleDescription } from './UpdateRoleDescription.ts'
import { UpdateUser } from './UpdateUser.ts'

/** The IAM operations that the sandbox serves, by AWS's name. */
export const iam = {
  AddRoleToInstanceProfile,
  AddUserToGroup,
  AttachGroupPolicy,
  AttachRolePolicy,
  AttachUserPolicy,
  CreateAccessKey,
  CreateAccountAlias,
  CreateGroup,
  CreateInstanceProfile,
  CreateLoginProfile,
  CreateOpenIDConnectProvider,
  CreatePolicy,
  CreatePolicyVersion,
  CreateRole,
  CreateServiceLinkedRole,
  CreateServiceSpecificCredential,
  CreateUser,
  CreateVirtualMFADevice,
  DeactivateMFADevice,
  DeleteAccessKey,
  DeleteAccountAlias,
  DeleteGroup,
  DeleteGroupPolicy,
  DeleteInstanceProfile,
  DeleteLoginProfile,
  DeleteOpenIDConnectProvider,
  DeletePolicy,
  DeletePolicyVersion,
  DeleteRole,
  DeleteRolePermissionsBoundary,
  DeleteRolePolicy,
  DeleteServiceLinkedRole,
  DeleteServiceSpecificCredential,
  DeleteUser,
  DeleteUserPermissionsBoundary,
  DeleteUserPolicy,
  DeleteVirtualMFADevice,
  DetachGroupPolicy,
  DetachRolePolicy,
  DetachUserPolicy,
  EnableMFADevice,
  GetAccessKeyLastUsed,
  GetAccountAuthorizationDetails,
  GetAccountSummary,
  GetContextKeysForCustomPolicy,
  GetContextKeysForPrincipalPolicy,
  GetGroup,
  GetGroupPolicy,
  GetInstanceProfile,
  GetLoginProfile,
  GetMFADevice,
  GetOpenIDConnectProvider,
  GetPolicy,
  GetPolicyVersion,
  GetRole,
  GetRolePolicy,
  GetServiceLinkedRoleDeletionStatus,
  GetUser,
  GetUserPolicy,
  ListAccessKeys,
  ListAccountAliases,
  ListAttachedGroupPolicies,
  ListAttachedRolePolicies,
  ListAttachedUserPolicies,
  ListEntitiesForPolicy,
  ListGroupPolicies,
  ListGroups,
  ListGroupsForUser,
  ListInstanceProfileTags,
  ListInstanceProfiles,
  ListInstanceProfilesForRole,
  ListMFADevices,
  ListOpenIDConnectProviders,
  ListPolicies,
  ListPolicyTags,
  ListPolicyVersions,
  ListRolePolicies,
  ListRoleTags,
  ListRoles,
  ListServiceSpecificCredentials,
  ListUserPolicies,
  ListUserTags,
  ListUsers,
  ListVirtualMFADevices,
  PutGroupPolicy,
  PutRolePermissionsBoundary,
  PutRolePolicy,
  PutUserPermissionsBoundary,
  PutUserPolicy,
  RemoveRoleFromInstanceProfile,
  RemoveUserFromGroup,
  ResyncMFADevice,
  SetDefaultPolicyVersion,
  SimulateCustomPolicy,
  SimulatePrincipalPolicy,
  TagInstanceProfile,
  TagPolicy,
  TagRole,
  TagUser,
  UntagInstanceProfile,
  UntagPolicy,
  UntagRole,
  UntagUser,
  UpdateAccessKey,
  UpdateAssumeRolePolicy,
  UpdateGroup,
  UpdateRole,
  UpdateRoleDescription,
  UpdateUser,
} satisfies Record<string, AnyOperation>
