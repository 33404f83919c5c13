import { randomBytes } from 'node:crypto'
import { chmod, mkdir, open, readFile, realpath, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { lock } from 'proper-lockfile'

/** Reads a profile file; '' where there is none. */
export async function readProfileFile(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ''
    throw error
  }
}

/**
 * Edits a profile file in place: under a lock, atomically (a new file renamed over the old one, through a symbolic link to its target),
 * mode 0600 for a new file, the old one's mode kept where it is stricter. `edit` gets the text and returns the new one.
 *
 * @throws the file system's error when the file or its folder may not be written; the file is then as it was
 */
export async function editProfileFile(file: string, edit: (text: string) => string): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  const target = await realpath(file).catch(() => file)
  const release = await lock(target, {
    realpath: false,
    stale: 10_000,
    retries: { retries: 100, minTimeout: 10, maxTimeout: 200 },
  })
  try {
    const before = await readProfileFile(target)
    const after = edit(before)
    if (after === before) return
    const mode = await stat(target).then(
      found => found.mode & 0o600,
      () => 0o600,
    )
    await replace(target, after, mode)
  } finally {
    await release()
  }
}

async function replace(file: string, text: string, mode: number): Promise<void> {
  if (!(mode & 0o200)) throw Object.assign(new Error(`${file} is read-only`), { code: 'EACCES' })
  const temporary = `${file}.${process.pid}-${randomBytes(4).toString('hex')}`
  try {
    const handle = await open(temporary, 'wx', mode)
    try {
      await handle.writeFile(text)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await chmod(temporary, mode)
    await rename(temporary, file)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}
