import { closeSync, openSync, renameSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Judged } from './authorize.ts'

/** One line of `<directory>/log.jsonl`. Never holds a secret, a token or a request's body. */
export interface LoggedRequest {
  /** ISO 8601. */
  time: string
  requestId: string
  service: string
  operation: string
  /** ARN of the caller; null when authentication failed. */
  caller: string | null
  accessKeyId: string | null
  region: string | null
  /** Each authorization check that was made, in order. */
  checks: readonly Judged[]
  status: number
  /** Error code; null for a success. */
  code: string | null
  milliseconds: number
}

export interface RequestLog {
  /** @param request `at` in epoch milliseconds */
  write(request: Omit<LoggedRequest, 'time'> & { at: number }): void
  close(): void
}

export const logPath = (directory: string): string => join(directory, 'log.jsonl')

/** Above this size a new log is begun, and the previous one is kept as `log.1.jsonl`. */
const mostBytes = 32 * 1024 * 1024

/** Milliseconds that a line may wait for others: writing one with every request would slow all of them. */
const flushAfter = 20

/** Appends; lines of several processes do not mix. */
export const openLog = (directory: string): RequestLog => {
  const path = logPath(directory)
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > mostBytes)
    renameSync(path, join(directory, 'log.1.jsonl'))
  const file = openToAppend(path)
  let waiting: Parameters<RequestLog['write']>[0][] = []
  let timer: NodeJS.Timeout | undefined
  const flush = (): void => {
    clearTimeout(timer)
    timer = undefined
    // At once: giving it to another thread takes longer than writing to the system's memory.
    if (waiting.length > 0) attempt(() => file !== null && writeSync(file, waiting.map(lineOf).join('')))
    waiting = []
  }
  return {
    write(request) {
      waiting.push(request)
      timer ??= setTimeout(flush, flushAfter).unref()
    },
    close() {
      flush()
      if (file !== null) attempt(() => closeSync(file))
    },
  }
}

/** null: it cannot be written. */
const openToAppend = (path: string): number | null => attempt(() => openSync(path, 'a', 0o600))

/** A full disk must not stop the sandbox: the log is for people to read. */
const attempt = <T>(work: () => T): T | null => {
  try {
    return work()
  } catch {
    return null
  }
}

const lineOf = ({ at, ...request }: Parameters<RequestLog['write']>[0]): string =>
  `${JSON.stringify({ time: new Date(at).toISOString(), ...request })}\n`
