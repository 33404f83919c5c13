import { hasCode, stringAt } from './answers.ts'
import type { Entity } from './attachment.ts'
import { type Aws, type ChangeRecord, type Undone, unknownBefore } from './step-kind.ts'

const idOf = async (aws: Aws, entity: Entity, name: string) => {
  const outcome = await aws.call(`iam:Get${entity}`, { [`${entity}Name`]: name })
  return { outcome, id: outcome.outcome === 'allowed' ? stringAt(outcome.output, entity, `${entity}Id`) : null }
}

/**
 * The unique id of the role or user that a part (an attachment, an inline policy, a boundary) is put on, for the journal: parts have no id of
 * their own, and are ours only on this very one. null where it cannot be read, or is not there.
 */
export const entityBefore = async (aws: Aws, entity: Entity, name: string): Promise<{ entityId: string | null }> => ({
  entityId: (await idOf(aws, entity, name)).id,
})

/** Asked before a part is taken back: what it comes to if the role or user is gone, or is another one by now. null: it is the same. */
export async function otherEntity(
  aws: Aws,
  entity: Entity,
  name: string,
  record: ChangeRecord,
): Promise<Undone | null> {
  const known = stringAt(record.before, 'entityId')
  if (known === null && record.before !== null) return null
  const { outcome, id } = await idOf(aws, entity, name)
  const word = entity.toLowerCase()
  if (hasCode(outcome, 'NoSuchEntity')) return { result: 'gone', note: `gone with its ${word}` }
  if (outcome.outcome !== 'allowed') return { result: 'left', outcome }
  if (record.before === null) return { result: 'left', outcome, note: unknownBefore }
  return id === known
    ? null
    : { result: 'foreign', note: `${word} \`${name}\` is not the one of the run: somebody made it anew` }
}
