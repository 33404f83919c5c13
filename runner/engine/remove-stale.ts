import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Emit } from './events.ts'
import { foundOf, outsideListOf } from './outside-list.ts'

/**
 * Takes away what killed runs of pages have left on this machine: homes and session files, which held secrets, and files beside the home that
 * are proved to be theirs. For
 * the holder of the folder's lock: pages run one at a time in a folder, so that none of it is in use.
 */
export async function removeStale(labFolder: string, emit: Emit): Promise<void> {
  const runs = join(labFolder, 'runs')
  const names = await readdir(runs).catch(() => [])
  for (const name of names) {
    const page = join(runs, name, 'page')
    for (const { path, proved } of await foundOf(outsideListOf(page))) {
      const text = proved
        ? await rm(path).then(
            () => `removed ${path}, which a page of run ${name} wrote`,
            ({ code }) => `${path}, which a page of run ${name} wrote, cannot be removed: ${code}`,
          )
        : `${path} stays: a page of run ${name} was to write a file of that name, and nothing proves that this is it; it may hold credentials`
      emit({ type: 'note', text })
    }
    await rm(page, { recursive: true, force: true })
  }
  const rehearsals = (await readdir(labFolder).catch(() => [])).filter(isStaleRehearsal)
  await Promise.all(rehearsals.map(name => rm(join(labFolder, name), { recursive: true, force: true })))
}

/** Dry runs do not hold the folder: one whose process lives is left its home. */
function isStaleRehearsal(name: string): boolean {
  const [, pid] = /^rehearsal-(\d+)$/.exec(name) ?? []
  if (pid === undefined) return false
  try {
    process.kill(Number(pid), 0)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}
