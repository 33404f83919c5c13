import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { type Held, type Holder, isHeld as lockIsHeld, tryLock } from '../profiles/lock-file.ts'
import type { PastRun } from './runs.ts'

const lockOf = (runFolder: string): string => join(runFolder, 'lock.json')

/** Whoever took a lock over from a dead holder is done in a moment. */
async function ask(file: string): Promise<Held | { holder: Holder | null }> {
  for (let turn = 0; turn < 200; turn += 1) {
    const taken = await tryLock(file)
    if ('release' in taken || taken.holder !== null) return taken
    await setTimeout(5)
  }
  return { holder: null }
}

/** Says that a run is under way, so that no teardown of the folder takes its things from under it: isolated ones do not hold the folder. */
export async function holdRun(runFolder: string): Promise<() => Promise<void>> {
  const taken = await ask(lockOf(runFolder))
  return 'release' in taken ? taken.release : async () => undefined
}

/** true: the run is under way, or somebody takes it back. Nothing is taken. */
export const isHeld = ({ folder }: PastRun): Promise<boolean> => lockIsHeld(lockOf(folder))

export interface HeldRuns {
  /** Runs that are under way, with the number of their process; null: not known. */
  busy: ReadonlyMap<string, number | null>
  /** Ids of the runs that are held: nobody else writes to their journals. */
  held: ReadonlySet<string>
  release: () => Promise<void>
}

/** Holds all runs that have something left and are not under way. */
export async function holdEnded(runs: readonly PastRun[]): Promise<HeldRuns> {
  const busy = new Map<string, number | null>()
  const locks: Held[] = []
  const held = new Set<string>()
  for (const { start, folder, changes } of runs) {
    if (changes.length === 0) continue
    const taken = await ask(lockOf(folder))
    if ('release' in taken) {
      locks.push(taken)
      held.add(start.runId)
    } else busy.set(start.runId, taken.holder?.pid ?? null)
  }
  return {
    busy,
    held,
    release: async () => {
      for (const { release } of locks) await release()
    },
  }
}
