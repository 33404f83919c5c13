import { AwsError } from '../errors.ts'

const conflict = (message: string) => () => new AwsError('DeleteConflict', 409, message)

export const stillInInstanceProfile = conflict('Cannot delete entity, must remove roles from instance profile first.')
export const stillAttached = conflict('Cannot delete entity, must detach all policies first.')
export const stillHasInlinePolicies = conflict('Cannot delete entity, must delete policies first.')
export const stillHasAccessKeys = conflict('Cannot delete entity, must delete access keys first.')
export const stillHasLoginProfile = conflict('Cannot delete entity, must delete login profile first.')
export const stillHasMfaDevice = conflict('Cannot delete entity, must delete MFA device first.')
export const stillInGroups = conflict('Cannot delete entity, must remove users from group first.')
export const stillReferenced = conflict('Cannot delete entity, must remove referenced objects first.')
export const policyStillAttached = conflict('Cannot delete a policy attached to entities.')
export const policyHasVersions = conflict(
  "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
)
export const versionIsDefault = conflict('Cannot delete the default version of a policy.')
