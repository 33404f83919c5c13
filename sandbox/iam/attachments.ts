import { attachments } from './entities.ts'
import type { Scope } from './holder.ts'

/** What a managed policy is to the entity: attached to it, or its permissions boundary. */
export type AttachmentKind = 'role' | 'user' | 'group' | 'role-boundary' | 'user-boundary'

export const recordAttachment = ({ state, caller }: Scope, arn: string, kind: AttachmentKind, name: string): void =>
  state.put(attachments, true, caller.accountId, arn, kind, name.toLowerCase())

export const forgetAttachment = ({ state, caller }: Scope, arn: string, kind: AttachmentKind, name: string): void => {
  state.remove(attachments, caller.accountId, arn, kind, name.toLowerCase())
}

/** Names (lower case) by kind of all that the policy is attached to or is the boundary of. */
export const attachmentsOf = ({ state, caller }: Scope, arn: string): { kind: string; name: string }[] =>
  Array.from(state.list(attachments, [caller.accountId, arn]), ({ key }) => ({
    kind: key[2] ?? '',
    name: key[3] ?? '',
  }))

export const usageOf = (
  scope: Scope,
  arn: string,
): { AttachmentCount: number; PermissionsBoundaryUsageCount: number } => {
  const all = attachmentsOf(scope, arn)
  const boundaries = all.filter(({ kind }) => kind.endsWith('-boundary')).length
  return { AttachmentCount: all.length - boundaries, PermissionsBoundaryUsageCount: boundaries }
}
