import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { lock } from 'proper-lockfile'
import { environmentError } from '../lab-error.ts'
import type { Emit } from './events.ts'

/** How long a second process waits for the first, in milliseconds. */
const patience = 10 * 60_000

/**
 * One run or teardown at a time per folder: two would mix what they make. A second one waits, saying for whom; a holder that died is not
 * waited for.
 *
 * @returns the release
 * @throws LabError (environment) when the holder does not finish within ten minutes
 */
export async function lockFolder(labFolder: string, emit: Emit, signal: AbortSignal): Promise<() => Promise<void>> {
  await mkdir(labFolder, { recursive: true })
  const holderFile = join(labFolder, 'lock.json')
  const lockPath = join(labFolder, 'lock')
  const begun = performance.now()
  for (let told = false; ; ) {
    try {
      const release = await lock(labFolder, { lockfilePath: lockPath, realpath: false, stale: 15_000, update: 5_000 })
      await writeFile(holderFile, JSON.stringify({ pid: process.pid, host: hostname() }))
      return async () => {
        await rm(holderFile, { force: true })
        await release()
      }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ELOCKED') throw error
    }
    const holder = await readHolder(holderFile)
    if (holder && holder.host === hostname() && !alive(holder.pid)) {
      await rm(holderFile, { force: true })
      await rm(lockPath, { recursive: true, force: true })
      continue
    }
    if (!told)
      emit({
        type: 'note',
        text: `another run (process ${holder?.pid ?? 'unknown'}) is under way in this folder: waiting for it`,
      })
    told = true
    if (signal.aborted || performance.now() - begun > patience)
      throw environmentError(
        `another run (process ${holder?.pid ?? 'unknown'}) holds ${labFolder}`,
        'wait for it to end, or use --isolate in another folder',
      )
    await new Promise(resolve => setTimeout(resolve, 100))
  }
}

/** Who holds the folder, as far as it is written down; null: nobody. `alive` is null for a process of another machine. */
export async function holderOf(
  labFolder: string,
): Promise<{ pid: number; host: string; alive: boolean | null } | null> {
  const holder = await readHolder(join(labFolder, 'lock.json'))
  return holder && { ...holder, alive: holder.host === hostname() ? alive(holder.pid) : null }
}

async function readHolder(file: string): Promise<{ pid: number; host: string } | null> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as { pid: number; host: string }
  } catch {
    return null
  }
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
