import type { Dirent } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { usageError } from '../lab-error.ts'
import { readShardState, type ShardState, shardName } from './shard-folder.ts'
import { otherIn, planId, readPlan, type ShardPlan } from './shard-plan.ts'

export interface FoundShard {
  path: string
  state: ShardState
  plan: ShardPlan
}

/** Artifacts of a CI system come in a folder each. */
const deepest = 3

/** Every shard's folder in these folders, in order. */
async function shardsIn(folders: readonly string[], depth = 0): Promise<FoundShard[]> {
  const found = await Promise.all(
    folders.map(async (path): Promise<FoundShard[]> => {
      const [state, plan] = await Promise.all([readShardState(path), readPlan(path)])
      if (state && plan) return [{ path, state, plan }]
      if (depth === deepest) return []
      const inside = (await entriesOf(path)).filter(entry => entry.isDirectory())
      return shardsIn(
        inside.map(({ name }) => join(path, name)),
        depth + 1,
      )
    }),
  )
  return found.flat()
}

async function entriesOf(path: string): Promise<Dirent[]> {
  try {
    return await readdir(path, { withFileTypes: true })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const hint = 'give the folder of --out; a volume may not be mounted'
    if (code === 'ENOENT') throw usageError(`there is no folder \`${path}\``, hint)
    if (code === 'ENOTDIR') throw usageError(`\`${path}\` is no folder`, hint)
    if (code === 'EACCES' || code === 'EPERM') throw usageError(`\`${path}\` may not be read`)
    throw error
  }
}

/**
 * The shards of one work, complete: each once, ended, and of the same division.
 * @throws LabError (usage) naming the shard that is missing, there twice, of another work, or not at its end
 */
export async function wholeWork(folders: readonly string[]): Promise<{ plan: ShardPlan; shards: FoundShard[] }> {
  const found = await shardsIn(folders)
  const [first] = found
  if (!first)
    throw usageError(`no shard is in ${folders.map(each => `\`${each}\``).join(', ')}`, 'give the folder of --out')
  const { plan } = first
  const count = plan.shards.length
  for (const { state, path, plan: other } of found) {
    if (state.plan !== planId(other)) throw usageError(`\`${path}\` does not hold the division it was made by`)
    if (state.plan === first.state.plan) {
      if (state.index >= 1 && state.index <= count) continue
      throw usageError(`\`${path}\` is shard ${state.index} of a work that has ${count}`)
    }
    const differs = otherIn(other.question, plan.question)
    const kept = `${other.shards.length} shards of ${other.command} ${other.asked.join(', ')}`
    const why =
      differs === '' && other.shards.length === count
        ? 'the same work, divided otherwise: give all shards one --out, or the same .lab/history'
        : [`of other work: ${kept}`, differs].filter(Boolean).join('; ')
    throw usageError(`\`${path}\` and \`${first.path}\` are not parts of one work: ${why}`)
  }
  const shards = plan.shards.map((_, at) => {
    const shard = { index: at + 1, count }
    const here = found.filter(({ state }) => state.index === shard.index)
    const [one, other] = here
    if (!one)
      throw usageError(`shard ${shard.index} of ${count} is missing`, `its folder is called ${shardName(shard)}`)
    if (other) throw usageError(`shard ${shard.index} of ${count} is there twice: \`${one.path}\`, \`${other.path}\``)
    if (one.state.endedAt === null)
      throw usageError(
        `shard ${shard.index} of ${count} did not come to its end`,
        'the command that started it goes on with it',
      )
    return one
  })
  checkDivision(plan)
  return { plan, shards }
}

/** Whoever divided: every name stands in one part, and no part has another. */
function checkDivision({ order, shards }: ShardPlan): void {
  const seen = new Map<string, number>()
  shards.forEach((names, at) => {
    for (const name of names) {
      const before = seen.get(name)
      if (before !== undefined) throw usageError(`\`${name}\` is in shard ${before} and in shard ${at + 1}`)
      seen.set(name, at + 1)
    }
  })
  const nobody = order.find(name => !seen.has(name))
  if (nobody !== undefined) throw usageError(`\`${nobody}\` is in no shard`)
}
