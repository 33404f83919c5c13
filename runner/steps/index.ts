import { accessMatrix } from './access-matrix.ts'
import { assumeRole } from './assume-role.ts'
import { attachRolePolicy } from './attach-role-policy.ts'
import { attachUserPolicy } from './attach-user-policy.ts'
import { batchGetImage } from './batch-get-image.ts'
import { call } from './call.ts'
import { command } from './command.ts'
import { createAccessKey } from './create-access-key.ts'
import { createPolicy } from './create-policy.ts'
import { createRepository } from './create-repository.ts'
import { createRole } from './create-role.ts'
import { createUser } from './create-user.ts'
import { deleteRepositoryPolicy } from './delete-repository-policy.ts'
import { describeImages } from './describe-images.ts'
import { describeRepositories } from './describe-repositories.ts'
import { detachRolePolicy } from './detach-role-policy.ts'
import { getAuthorizationToken } from './get-authorization-token.ts'
import { getCallerIdentity } from './get-caller-identity.ts'
import { getRepositoryPolicy } from './get-repository-policy.ts'
import { listImages } from './list-images.ts'
import { pullImage } from './pull-image.ts'
import { pushImage } from './push-image.ts'
import { putImage } from './put-image.ts'
import { putRolePermissionsBoundary } from './put-role-permissions-boundary.ts'
import { putRolePolicy } from './put-role-policy.ts'
import { putUserPolicy } from './put-user-policy.ts'
import { setRepositoryPolicy } from './set-repository-policy.ts'
import type { StepKind } from './step-kind.ts'
import { wait } from './wait.ts'
import { writeProfile } from './write-profile.ts'

/** Every step kind, in the order the docs list them. A test compares this list with the folder. */
export const stepKinds: readonly StepKind[] = [
  createRepository,
  pushImage,
  pullImage,
  putImage,
  setRepositoryPolicy,
  getRepositoryPolicy,
  deleteRepositoryPolicy,
  listImages,
  describeImages,
  describeRepositories,
  batchGetImage,
  getAuthorizationToken,
  createRole,
  putRolePolicy,
  putRolePermissionsBoundary,
  createPolicy,
  attachRolePolicy,
  detachRolePolicy,
  createUser,
  createAccessKey,
  attachUserPolicy,
  putUserPolicy,
  assumeRole,
  getCallerIdentity,
  writeProfile,
  accessMatrix,
  command,
  call,
  wait,
]

const byName = new Map(stepKinds.map(kind => [kind.kind, kind]))

/** The kind of a name; undefined where there is none. */
export const stepKind = (name: string): StepKind | undefined => byName.get(name)
