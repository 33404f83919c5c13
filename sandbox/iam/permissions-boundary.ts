import type { ContextValue } from '../../policy/index.ts'
import { type AttachmentKind, forgetAttachment, recordAttachment } from './attachments.ts'
import type { Scope } from './holder.ts'
import { findPolicy, isPolicyArn } from './managed-policy.ts'
import { arnNotValid, boundaryNotFound } from './policy-errors.ts'

/** Condition key `iam:PermissionsBoundary`: the boundary of the entity, or the one the request sets. */
export const boundaryContext = (entity: object | undefined): Record<string, ContextValue> => {
  const arn = entity !== undefined && 'PermissionsBoundary' in entity ? entity.PermissionsBoundary : undefined
  return typeof arn === 'string' ? { 'iam:PermissionsBoundary': arn } : {}
}

/** Throws InvalidInput for what is no policy ARN, NoSuchEntity for a policy that is not there. */
export const requireBoundary = (scope: Scope, arn: string | undefined): void => {
  if (arn === undefined) return
  if (!isPolicyArn(arn)) throw arnNotValid('InvalidInput', arn)
  if (findPolicy(scope, arn) === undefined) throw boundaryNotFound(arn)
}

/** Keeps the index of boundary users in step with a change from `old` to `next`. */
export const recordBoundary = (
  scope: Scope,
  kind: AttachmentKind,
  name: string,
  old: string | undefined,
  next: string | undefined,
): void => {
  if (old !== undefined) forgetAttachment(scope, old, kind, name)
  if (next !== undefined) recordAttachment(scope, next, kind, name)
}

export const boundaryOutput = (arn: string | undefined): Record<string, unknown> =>
  arn === undefined ? {} : { PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: arn } }
