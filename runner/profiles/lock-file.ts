import { randomBytes } from 'node:crypto'
import { readlinkSync } from 'node:fs'
import { link, readFile, stat, unlink, utimes, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { beganAt, born } from './process-start.ts'

/** Who holds a lock, as its file says. */
export interface Holder {
  pid: number
  host: string
  /** Of the machine the processes that can be seen: two containers may share a name, and see nothing of each other. */
  processes?: string | null
  /** When the process began, in milliseconds: a process number may come again. */
  born?: number
  /** Of this one taking of the lock. */
  id: string
}

export interface Held {
  release: () => Promise<void>
}

/** A holder elsewhere shows that it lives by touching its lock this often, in milliseconds; it is dead when that fails to come for `silence`. */
const heartbeat = 5_000
const silence = 30_000

const processes = (() => {
  try {
    return readlinkSync('/proc/self/ns/pid')
  } catch {
    return null
  }
})()

/**
 * Takes a lock, or tells who has it (null: nobody any more, or one cannot tell; ask again). The lock is a file with its holder's name in it. One
 * whose holder is dead is taken over: whoever wants to remove it needs the lock on just that removal, so that of many only one removes it, and
 * nobody removes the lock of whoever came after.
 */
export async function tryLock(file: string): Promise<Held | { holder: Holder | null }> {
  const me: Holder = { pid: process.pid, host: hostname(), processes, born, id: randomBytes(8).toString('hex') }
  if (await create(file, JSON.stringify(me))) return hold(file, me)
  const holder = await readHolder(file)
  if (!(await isDead(file, holder))) return { holder }
  const removal = await tryLock(`${file}.${holder?.id ?? 'unreadable'}`)
  if (!('release' in removal)) return { holder: null }
  try {
    const still = await readHolder(file)
    if (still?.id === holder?.id && (await isDead(file, still))) await unlink(file).catch(unlessGone)
  } finally {
    await removal.release()
  }
  return { holder: null }
}

function hold(file: string, me: Holder): Held {
  const timer = setInterval(() => {
    const now = new Date()
    void utimes(file, now, now).catch(() => undefined)
  }, heartbeat)
  timer.unref()
  return {
    release: async () => {
      clearInterval(timer)
      // Who slept so long that he was taken for dead holds it no more.
      if ((await readHolder(file))?.id === me.id) await unlink(file).catch(unlessGone)
    },
  }
}

/** Makes the file with its text in it in one go; false: it is there. */
async function create(file: string, text: string): Promise<boolean> {
  const whole = `${file}.${process.pid}-${randomBytes(6).toString('hex')}`
  await writeFile(whole, text, { flag: 'wx', mode: 0o600 })
  try {
    await link(whole, file)
    return true
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST') return false
    // No hard links on this file system. A crash between making the file and writing to it leaves one that nobody can read: see isDead.
    if (!/^(EPERM|ENOTSUP|EOPNOTSUPP|ENOSYS|EINVAL)$/.test(code ?? '')) throw error
    return await writeFile(file, text, { flag: 'wx', mode: 0o600 }).then(
      () => true,
      failure => {
        if ((failure as NodeJS.ErrnoException).code === 'EEXIST') return false
        throw failure
      },
    )
  } finally {
    await unlink(whole).catch(unlessGone)
  }
}

/** Who a lock file names; null where there is none, or none that can be read. */
export async function readHolder(file: string): Promise<Holder | null> {
  try {
    const found = JSON.parse(await readFile(file, 'utf8')) as Holder
    const { pid, host, id } = found
    return typeof pid === 'number' && typeof host === 'string' && /^\w+$/.test(id) ? found : null
  } catch {
    return null
  }
}

/** true: somebody who lives has the lock. Nothing is taken. */
export async function isHeld(file: string): Promise<boolean> {
  const there = await stat(file).then(
    () => true,
    () => false,
  )
  return there && !(await isDead(file, await readHolder(file)))
}

async function isDead(file: string, holder: Holder | null): Promise<boolean> {
  const living = holder && lives(holder)
  if (living !== null) return !living
  const touched = await stat(file).then(
    found => found.mtimeMs,
    () => null,
  )
  return touched !== null && Date.now() - touched > silence
}

/**
 * Whether the holder's process is there; null for one that cannot be seen from here, and for a number that seems to have come again: as the clock
 * may have been set meanwhile, such a holder is dead when it is silent.
 */
export function lives({ pid, host, processes: seen = processes, born: begun }: Holder): boolean | null {
  if (host !== hostname() || seen !== processes) return null
  if (pid === process.pid) return begun === undefined || begun === born
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  return begun !== undefined && beganAt(pid, begun) === false ? null : true
}

const unlessGone = (error: NodeJS.ErrnoException): void => {
  if (error.code !== 'ENOENT') throw error
}
