import { readdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { readShardState } from './shard-folder.ts'
import { readPlan, type ShardPlan } from './shard-plan.ts'

interface Round {
  startedAt: string
  taken: Readonly<Record<string, number>>
}

/**
 * Milliseconds that each lab, or each student, took in earlier rounds of such work: those whose folders lie beside this one's, as on a volume that
 * outlives the machines. What a later round says holds.
 *
 * @param out the folder of this round
 */
export async function earlierDurations(
  out: string,
  { command, of }: Pick<ShardPlan, 'command' | 'of'>,
): Promise<Map<string, number>> {
  const rounds: Round[] = []
  for (const name of await foldersIn(dirname(out))) {
    const folder = join(dirname(out), name)
    const plan = name === basename(out) ? null : await readPlan(folder)
    if (plan?.command !== command || plan.of !== of) continue
    for (const shard of await foldersIn(folder)) {
      const { startedAt, taken } = (await readShardState(join(folder, shard))) ?? {}
      if (startedAt !== undefined && taken !== undefined) rounds.push({ startedAt, taken })
    }
  }
  rounds.sort((one, other) => Date.parse(one.startedAt) - Date.parse(other.startedAt))
  const all = rounds.flatMap(({ taken }) => Object.entries(taken))
  return new Map(all.filter(([, milliseconds]) => typeof milliseconds === 'number'))
}

async function foldersIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  return entries.flatMap(entry => (entry.isDirectory() ? entry.name : [])).sort()
}
