import { forgetAttachment, recordAttachment } from './attachments.ts'
import type { Group, User } from './entities.ts'
import type { Scope } from './holder.ts'

/** Follows a user or group to its new name in the index of who holds which managed policy. */
export const moveAttachments = (
  scope: Scope,
  noun: 'user' | 'group',
  entity: User | Group,
  from: string,
  to: string,
): void => {
  for (const arn of entity.attached) {
    forgetAttachment(scope, arn, noun, from)
    recordAttachment(scope, arn, noun, to)
  }
  if (noun === 'group' || !('PermissionsBoundary' in entity) || entity.PermissionsBoundary === undefined) return
  forgetAttachment(scope, entity.PermissionsBoundary, 'user-boundary', from)
  recordAttachment(scope, entity.PermissionsBoundary, 'user-boundary', to)
}
