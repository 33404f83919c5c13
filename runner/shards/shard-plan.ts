import { randomBytes } from 'node:crypto'
import { link, mkdir, readFile, rename, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { digestOf } from '../grading/grading-folder.ts'
import type { BadRow } from '../grading/read-roster.ts'
import { usageError } from '../lab-error.ts'

/** Digests of all that makes two works the same, by what they are of. */
export interface Question {
  labs: string
  /** Lines that name nobody are of it as well. Not there: nobody is graded. */
  roster?: string
  options: string
  version: string
}

/** What differs between two works, for people; '': nothing. */
export function otherIn(one: Question, other: Question): string {
  const of = [
    ...(one.labs === other.labs ? [] : ['the labs']),
    ...(one.roster === other.roster ? [] : ['the roster']),
    ...(one.options === other.options ? [] : ['the options']),
    ...(one.version === other.version ? [] : ['the version of lab']),
  ]
  return of.length === 0 ? '' : `what differs: ${of.join(', ')}`
}

/** Who does what, as the first shard that came to the folder wrote it down. Names are labs, or students of a roster. */
export interface ShardPlan {
  schemaVersion: 1
  command: 'run' | 'verify'
  of: 'labs' | 'students'
  question: Question
  /** Labs that are asked for. */
  asked: string[]
  /** Every name, in the order of the results. */
  order: string[]
  /** Names of each shard. */
  shards: string[][]
  /** Lines of the roster that name nobody. */
  bad: BadRow[]
}

export const planId = (plan: ShardPlan): string => digestOf(plan)

const planFile = (folder: string): string => join(folder, 'plan.json')

/**
 * The division that holds in a folder: the one there, else this one. Shards that are started later, or again, keep to it whatever they know of past
 * durations.
 *
 * @throws LabError (usage) when the folder holds a division of other work
 */
export async function settlePlan(folder: string, plan: ShardPlan): Promise<ShardPlan> {
  await mkdir(folder, { recursive: true })
  const file = planFile(folder)
  await createWhole(file, JSON.stringify(plan))
  const found = await readPlan(folder)
  if (found === null) throw usageError(`\`${file}\` is no division of work into shards`, 'give another --out')
  const other = otherIn(found.question, plan.question)
  const same = other === '' && found.command === plan.command && found.of === plan.of
  if (same && found.shards.length === plan.shards.length) return found
  const kept = `${found.shards.length} shards of ${found.command} ${found.asked.join(', ')}`
  throw usageError(
    same
      ? `\`${folder}\` was divided into ${kept}`
      : `\`${folder}\` holds other work: ${[kept, other].filter(Boolean).join('; ')}`,
    'a folder holds the results of one work: give another --out, or remove it',
  )
}

/** null: there is none, or none of ours. */
export async function readPlan(folder: string): Promise<ShardPlan | null> {
  try {
    const plan = JSON.parse(await readFile(planFile(folder), 'utf8')) as ShardPlan
    const whole = Array.isArray(plan.shards) && Array.isArray(plan.order) && typeof plan.question === 'object'
    return plan.schemaVersion === 1 && whole ? plan : null
  } catch {
    return null
  }
}

/** A copy, so that a shard's folder alone says what it is a part of. */
export async function copyPlan(folder: string, plan: ShardPlan): Promise<void> {
  const whole = `${planFile(folder)}.${randomBytes(4).toString('hex')}`
  await writeFile(whole, JSON.stringify(plan))
  await rename(whole, planFile(folder))
}

/** Makes the file with its text in one go, unless it is there. */
async function createWhole(file: string, text: string): Promise<void> {
  const whole = `${file}.${randomBytes(4).toString('hex')}`
  await writeFile(whole, text)
  const unlessThere = (error: NodeJS.ErrnoException): void => {
    if (error.code !== 'EEXIST') throw error
  }
  try {
    await link(whole, file).catch((error: NodeJS.ErrnoException) => {
      // Some mounted volumes have no hard links.
      if (/^(EPERM|ENOTSUP|EOPNOTSUPP|ENOSYS|EINVAL)$/.test(error.code ?? ''))
        return writeFile(file, text, { flag: 'wx' })
      throw error
    })
  } catch (error) {
    unlessThere(error as NodeJS.ErrnoException)
  } finally {
    await unlink(whole).catch(() => undefined)
  }
}
