import type { Outcome } from '../../assertions/index.ts'
import { iamArn, nameOfArn } from '../aws/arns.ts'
import { paged } from '../aws/paged.ts'
import { at, hasCode, listAt, stringAt } from './answers.ts'
import { entityBefore, otherEntity } from './entity-of-the-run.ts'
import { singleCall } from './single-call.ts'
import type { Aws, AwsPlace, ChangeRecord, PreparedStep, Undone, Verification } from './step-kind.ts'

/** IAM has the same operations for both. */
export type Entity = 'Role' | 'User'

export const entityArn = (place: AwsPlace, entity: Entity, name: string): string =>
  iamArn(place, entity === 'Role' ? 'role' : 'user', '/', name)

type AttachmentState =
  | { state: 'attached' }
  | { state: 'detached' }
  /** The role or user itself is not there. */
  | { state: 'absent'; outcome: Outcome }
  | { state: 'unread'; outcome: Outcome }

interface Attachment {
  entity: Entity
  name: string
  policyArn: string
}

async function readAttachment(aws: Aws, { entity, name, policyArn }: Attachment): Promise<AttachmentState> {
  const outcome = await paged(aws, `iam:ListAttached${entity}Policies`, { [`${entity}Name`]: name }, 'AttachedPolicies')
  if (hasCode(outcome, 'NoSuchEntity')) return { state: 'absent', outcome }
  if (outcome.outcome !== 'allowed') return { state: 'unread', outcome }
  const attached = listAt(outcome.output, 'AttachedPolicies').some(
    policy => stringAt(policy, 'PolicyArn') === policyArn,
  )
  return { state: attached ? 'attached' : 'detached' }
}

/** What was attached before the change, and to whom; null where it cannot be read. */
async function attachedBefore(aws: Aws, attachment: Attachment): Promise<Record<string, unknown> | null> {
  const { entity, name } = attachment
  const [found, who] = await Promise.all([readAttachment(aws, attachment), entityBefore(aws, entity, name)])
  return found.state === 'unread' ? null : { attached: found.state === 'attached', ...who }
}

async function verifyAttachment(
  aws: Aws,
  attachment: Attachment,
  wanted: 'attached' | 'detached',
): Promise<Verification> {
  const found = await readAttachment(aws, attachment)
  if (found.state === wanted) return { state: 'present', output: {} }
  if (found.state === 'absent' || found.state === 'unread') return found
  const policy = nameOfArn(attachment.policyArn)
  const words = { attached: `${policy} attached`, detached: `${policy} not attached` }
  const field = `AttachedPolicies of ${attachment.name}`
  return { state: 'differs', output: {}, differences: [{ field, expected: words[wanted], actual: words[found.state] }] }
}

/**
 * Everything about attaching a managed policy to a role or user, or detaching it: both are each other's undo, and neither touches what was
 * so before.
 */
export function attachmentStep(change: 'Attach' | 'Detach', attachment: Attachment): Omit<PreparedStep, 'effect'> {
  const { entity, name, policyArn } = attachment
  const operation = `iam:${change}${entity}Policy`
  const inverse = `iam:${change === 'Attach' ? 'Detach' : 'Attach'}${entity}Policy`
  const wanted = change === 'Attach' ? 'attached' : 'detached'
  const input = { [`${entity}Name`]: name, PolicyArn: policyArn }
  const on = (place: AwsPlace) => entityArn(place, entity, name)
  return {
    ...singleCall({ operation, input, title: `${name}  ${nameOfArn(policyArn)}`, on }),
    permissions: place => {
      const list = { action: `iam:ListAttached${entity}Policies`, resource: on(place) }
      const get = { action: `iam:Get${entity}`, resource: on(place) }
      return {
        run: [{ action: operation, resource: on(place) }, list, get],
        verify: [list],
        undo: [{ action: inverse, resource: on(place) }, list, get],
      }
    },
    resource: () => ({
      type: change === 'Attach' ? 'attachment' : 'detachment',
      name: `${name} ${nameOfArn(policyArn)}`,
      arn: policyArn,
      part: true,
    }),
    repeatable: change === 'Attach',
    before: ({ admin }) => attachedBefore(admin, attachment),
    verify: ({ admin }) => verifyAttachment(admin, attachment, wanted),
    undo: async ({ admin }, record): Promise<Undone> => {
      if (wasSoBefore(record, wanted)) return { result: 'gone', note: `it was ${wanted} before` }
      const other = await otherEntity(admin, entity, name, record)
      if (other) return other
      const outcome = await admin.call(inverse, input)
      if (outcome.outcome !== 'allowed' && !hasCode(outcome, 'NoSuchEntity')) return { result: 'left', outcome }
      const after = await readAttachment(admin, attachment)
      const undone = after.state === 'absent' || (after.state !== wanted && after.state !== 'unread')
      const gone = hasCode(outcome, 'NoSuchEntity')
      return undone || gone ? { result: 'gone' } : { result: 'left', outcome }
    },
  }
}

const wasSoBefore = (record: ChangeRecord, wanted: 'attached' | 'detached'): boolean =>
  (at(record.before, 'attached') === true) === (wanted === 'attached') && record.before !== null
