import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Emit } from './events.ts'

/** Path of the list of what a run's pages have written beside their home, in the folder of its pages: one JSON text per line. */
export const outsideListOf = (pageFolder: string): string => join(pageFolder, 'outside')

/**
 * Takes away what killed runs of pages have left on this machine: homes and session files, which held secrets, and files beside the home. For
 * the holder of the folder's lock: pages run one at a time in a folder, so that none of it is in use.
 */
export async function removeStale(labFolder: string, emit: Emit): Promise<void> {
  const runs = join(labFolder, 'runs')
  const names = await readdir(runs).catch(() => [])
  for (const name of names) {
    const page = join(runs, name, 'page')
    for (const file of await listed(outsideListOf(page))) {
      const gone = await rm(file).then(
        () => true,
        () => false,
      )
      if (gone) emit({ type: 'note', text: `removed ${file}, which a page of run ${name} wrote` })
    }
    await rm(page, { recursive: true, force: true })
  }
  const rehearsals = (await readdir(labFolder).catch(() => [])).filter(isStaleRehearsal)
  await Promise.all(rehearsals.map(name => rm(join(labFolder, name), { recursive: true, force: true })))
}

/** A list whose last line was being written is read as far as it goes. */
async function listed(file: string): Promise<string[]> {
  const text = await readFile(file, 'utf8').catch(() => '')
  return text.split('\n').flatMap(line => {
    try {
      const path: unknown = JSON.parse(line)
      return typeof path === 'string' ? [path] : []
    } catch {
      return []
    }
  })
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
