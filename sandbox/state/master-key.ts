import { randomBytes } from 'node:crypto'
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { SandboxError } from '../sandbox-error.ts'

/**
 * The 32 bytes from which every secret of the sandbox is derived, from `<directory>/master.key` (mode 0600). Made when there is none; of
 * several processes that make one at once, all end with the same.
 */
export const masterKey = (directory: string): Buffer => {
  const path = join(directory, 'master.key')
  return readKey(path) ?? makeKey(directory, path)
}

const readKey = (path: string): Buffer | null => {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (cause) {
    if (isCode(cause, 'ENOENT')) return null
    throw new SandboxError(`the master key \`${path}\` cannot be read`, 'check who owns the file', { cause })
  }
  if (/^[0-9a-f]{64}\n$/.test(text)) return Buffer.from(text.trim(), 'hex')
  throw new SandboxError(
    `the master key \`${path}\` is damaged: expected 64 hexadecimal digits`,
    'delete the folder to start with an empty account',
  )
}

/** Written in full under another name, then linked: a reader finds the whole key or none. */
const makeKey = (directory: string, path: string): Buffer => {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`
  const file = openSync(draft, 'wx', 0o600)
  try {
    writeSync(file, `${randomBytes(32).toString('hex')}\n`)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  try {
    linkSync(draft, path)
  } catch (cause) {
    // Some file systems have no links. The rename there is not safe against two first starts in the same moment.
    if (isCode(cause, 'EPERM') || isCode(cause, 'ENOTSUP')) {
      if (readKey(path) === null) renameSync(draft, path)
    } else if (!isCode(cause, 'EEXIST')) throw cause
  } finally {
    rmSync(draft, { force: true })
  }
  const key = readKey(path)
  if (key === null) throw new SandboxError(`the master key \`${path}\` vanished while it was made`, 'start again')
  return key
}

const isCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code
