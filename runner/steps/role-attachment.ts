import type { Outcome } from '../../assertions/index.ts'
import { paged } from '../aws/paged.ts'
import { hasCode, listAt, stringAt } from './answers.ts'
import type { Aws } from './step-kind.ts'

export type AttachmentState =
  | { state: 'attached' }
  | { state: 'detached' }
  /** The role itself is not there. */
  | { state: 'absent'; outcome: Outcome }
  | { state: 'unread'; outcome: Outcome }

/** Is the managed policy attached to the role? */
export async function readAttachment(aws: Aws, RoleName: string, PolicyArn: string): Promise<AttachmentState> {
  const outcome = await paged(aws, 'iam:ListAttachedRolePolicies', { RoleName }, 'AttachedPolicies')
  if (hasCode(outcome, 'NoSuchEntity')) return { state: 'absent', outcome }
  if (outcome.outcome !== 'allowed') return { state: 'unread', outcome }
  const attached = listAt(outcome.output, 'AttachedPolicies').some(
    policy => stringAt(policy, 'PolicyArn') === PolicyArn,
  )
  return { state: attached ? 'attached' : 'detached' }
}

/** `{ attached }` before a change; null where it cannot be read. */
export async function attachedBefore(
  aws: Aws,
  roleName: string,
  policyArn: string,
): Promise<Record<string, unknown> | null> {
  const found = await readAttachment(aws, roleName, policyArn)
  return found.state === 'unread' ? null : { attached: found.state === 'attached' }
}
