import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Held, tryLock } from '../../runner/profiles/lock-file.ts'

export interface PassingFolder {
  path: string
  /** Removes it with all that is in it. */
  remove(): Promise<void>
}

/** A folder in `.lab/passing/` for what only matters while this process lives. What processes that were killed have left there is removed first. */
export async function passingFolder(labFolder: string): Promise<PassingFolder> {
  const parent = join(labFolder, 'passing')
  await mkdir(parent, { recursive: true, mode: 0o700 })
  for (const name of await readdir(parent)) {
    // Taking the lock of a dead holder away is one turn, having it the next.
    const left = (await lockedOrNull(join(parent, name))) ?? (await lockedOrNull(join(parent, name)))
    if (left) await removed(join(parent, name), left)
  }
  for (;;) {
    const path = await mkdtemp(join(parent, 'p-'))
    // Another process may have taken it for one that was left.
    const held = await lockedOrNull(path)
    if (held) return { path, remove: () => removed(path, held) }
  }
}

const lockOf = (folder: string): string => join(folder, 'lock.json')

async function lockedOrNull(folder: string): Promise<Held | null> {
  const taken = await tryLock(lockOf(folder)).catch(() => null)
  return taken !== null && 'release' in taken ? taken : null
}

async function removed(folder: string, held: Held): Promise<void> {
  await rm(folder, { recursive: true, force: true })
  await held.release()
}
