import { isUtf8 } from 'node:buffer'
import { randomBytes } from 'node:crypto'
import { chmod, mkdir, open, readFile, readlink, realpath, rename, rm, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { tryLock } from './lock-file.ts'

/** Reads a profile file; '' where there is none. */
export const readProfileFile = async (file: string): Promise<string> => (await readBytes(file)).text

/** A file that is not UTF-8 is read byte for character, so that every byte can be written as it was. */
async function readBytes(file: string): Promise<{ text: string; encoding: 'utf8' | 'latin1' }> {
  try {
    const bytes = await readFile(file)
    const encoding = isUtf8(bytes) ? 'utf8' : 'latin1'
    return { text: bytes.toString(encoding), encoding }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { text: '', encoding: 'utf8' }
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
  const target = await realpath(file).catch(() => linkedTo(file))
  const release = await lock(`${target}.lock`)
  try {
    const { text, encoding } = await readBytes(target)
    const after = edit(text)
    if (after === text) return
    const mode = await stat(target).then(
      found => found.mode & 0o600,
      () => 0o600,
    )
    await replace(target, Buffer.from(after, encoding), mode)
  } finally {
    await release()
  }
}

/** A writer holds it for milliseconds: one that does so for twenty seconds is stuck. */
const patience = 20_000

async function lock(file: string): Promise<() => Promise<void>> {
  const begun = performance.now()
  for (;;) {
    const taken = await tryLock(file)
    if ('release' in taken) return taken.release
    if (performance.now() - begun > patience)
      throw new Error(
        `${file} is held by process ${taken.holder?.pid ?? 'unknown'}${taken.holder ? ` of ${taken.holder.host}` : ''}`,
      )
    await setTimeout(5 + Math.random() * 20)
  }
}

/** Where links lead to in the end, when no file is there yet; the file itself where it is no link. */
async function linkedTo(file: string, followed = 0): Promise<string> {
  const link = await readlink(file).catch(() => null)
  if (link === null) return file
  if (followed === mostLinks) throw Object.assign(new Error(`${file} links to itself`), { code: 'ELOOP' })
  return linkedTo(resolve(dirname(file), link), followed + 1)
}

/** As Linux follows. */
const mostLinks = 40

async function replace(file: string, bytes: Buffer, mode: number): Promise<void> {
  if (!(mode & 0o200)) throw Object.assign(new Error(`${file} is read-only`), { code: 'EACCES' })
  const temporary = `${file}.${process.pid}-${randomBytes(4).toString('hex')}`
  try {
    const handle = await open(temporary, 'wx', mode)
    try {
      await handle.writeFile(bytes)
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
