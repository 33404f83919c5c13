import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { environmentError } from '../lab-error.ts'
import { type Holder, lives, readHolder, tryLock } from '../profiles/lock-file.ts'
import type { Emit } from './events.ts'

/** How long a second process waits for the first, in milliseconds. */
const patience = 10 * 60_000

const lockOf = (labFolder: string): string => join(labFolder, 'lock.json')

/**
 * One run or teardown at a time per folder: two would mix what they make. A second one waits, saying for whom; a holder that died is not
 * waited for.
 *
 * @returns the release
 * @throws LabError (environment) when the holder does not finish within ten minutes
 */
export async function lockFolder(labFolder: string, emit: Emit, signal: AbortSignal): Promise<() => Promise<void>> {
  await mkdir(labFolder, { recursive: true })
  const begun = performance.now()
  for (let told: Holder | null = null; ; ) {
    const taken = await tryLock(lockOf(labFolder))
    if ('release' in taken) return taken.release
    const { holder } = taken
    if (holder && told?.id !== holder.id) {
      emit({
        type: 'note',
        text: `another run (process ${holder.pid}) is under way in this folder: waiting for it`,
      })
      told = holder
    }
    if (signal.aborted || performance.now() - begun > patience)
      throw environmentError(
        `another run (process ${holder?.pid ?? 'unknown'}) holds ${labFolder}`,
        `wait for it to end, or use --isolate in another folder; if that process is no lab, delete ${lockOf(labFolder)}`,
      )
    await setTimeout(holder ? 100 : 5, undefined, { signal }).catch(() => undefined)
  }
}

/** Who holds the folder, as far as it is written down; null: nobody. `alive` is null for a process of another machine. */
export async function holderOf(
  labFolder: string,
): Promise<{ pid: number; host: string; alive: boolean | null } | null> {
  const holder = await readHolder(lockOf(labFolder))
  return holder && { pid: holder.pid, host: holder.host, alive: lives(holder) }
}
