import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { lockFolder } from '../engine/lock.ts'
import { usageError } from '../lab-error.ts'
import { copyPlan, planId, type ShardPlan } from './shard-plan.ts'

/** One of so many parts of the work, from 1. */
export interface Shard {
  index: number
  count: number
}

/** What a shard's folder says of itself. */
export interface ShardState extends Shard {
  schemaVersion: 1
  plan: string
  startedAt: string
  /** null: it is under way, or was ended before its end. */
  endedAt: string | null
  /** Milliseconds that each of its labs or students took, once it has ended: what the next round is divided by. */
  taken?: Record<string, number>
}

export const shardName = ({ index, count }: Shard): string => `shard-${index}-of-${count}`

const stateFile = (path: string): string => join(path, 'shard.json')
/** Says that the shard's results are in use: another round must not be taken for this one. */
export const mergedFile = (path: string): string => join(path, 'merged.json')

/** `<folder>/shard-3-of-8/`: made, or gone on with. */
export interface ShardFolder {
  path: string
  /** What this shard does. */
  names: string[]
  found: 'new' | 'resumed' | 'ended'
  /** Says that everything of this shard has its result. */
  end(taken: ReadonlyMap<string, number>): Promise<void>
  /** Lets another process have it. */
  close(): Promise<void>
}

/**
 * Opens the shard's folder for this process alone.
 *
 * @param again what was merged is gone on with: whoever has no verdict is asked for by that name
 * @throws LabError (usage) when the results of the folder were merged: they are not added to in silence
 */
export async function openShardFolder(
  folder: string,
  plan: ShardPlan,
  shard: Shard,
  signal: AbortSignal,
  again = false,
): Promise<ShardFolder> {
  const path = join(folder, shardName(shard))
  const merged = again ? null : await readFile(mergedFile(path), 'utf8').catch(() => null)
  if (merged !== null)
    throw usageError(
      `the results in \`${folder}\` were merged already`,
      `for another round give another --out; one beside it is divided by what these took${plan.of === 'students' ? '; --rerun-failed goes on with who is not graded' : ''}`,
    )
  await mkdir(path, { recursive: true })
  const release = await lockFolder(path, () => {}, signal)
  const before = await readShardState(path)
  const state: ShardState = {
    ...{ schemaVersion: 1, ...shard, plan: planId(plan) },
    startedAt: before?.startedAt ?? new Date().toISOString(),
    endedAt: null,
  }
  const write = (ended: Partial<ShardState>) =>
    writeFile(stateFile(path), `${JSON.stringify({ ...state, ...ended }, null, 2)}\n`)
  await copyPlan(path, plan)
  await write({})
  return {
    path,
    names: plan.shards[shard.index - 1] ?? [],
    found: before === null ? 'new' : before.endedAt === null ? 'resumed' : 'ended',
    end: taken => write({ endedAt: new Date().toISOString(), taken: Object.fromEntries(taken) }),
    close: release,
  }
}

/** null: no folder of a shard. */
export async function readShardState(path: string): Promise<ShardState | null> {
  try {
    const state = JSON.parse(await readFile(stateFile(path), 'utf8')) as ShardState
    return state.schemaVersion === 1 && Number.isInteger(state.index) && typeof state.plan === 'string' ? state : null
  } catch {
    return null
  }
}
