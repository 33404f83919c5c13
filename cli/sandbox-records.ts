import { createReadStream, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { RecordsOf } from '../runner/engine/recorded-statements.ts'
import type { LoggedRequest } from '../sandbox/request-log.ts'
import { linesOf } from './explain/lines-of.ts'

/** The sandbox keeps a line back for 20 ms at most, so that many are written at once. */
const lateness = 25
const looks = 4

/** What the sandbox of a folder records from now on: only lines written after this call are read. */
export function recordsFromNow(sandboxFolder: string): RecordsOf {
  const file = join(sandboxFolder, 'log.jsonl')
  const size = () => statSync(file, { throwIfNoEntry: false })?.size ?? 0
  const before = size()
  return async ids => {
    const found = new Map<string, LoggedRequest['checks']>()
    for (let look = 1; look <= looks && found.size < ids.size; look += 1) {
      if (look > 1) await setTimeout(lateness)
      // A log that has become smaller is a new one.
      const from = size() < before ? 0 : before
      if (size() === from) continue
      for await (const line of linesOf(createReadStream(file, { start: from }))) {
        const request = requestOf(line)
        if (request && ids.has(request.requestId)) found.set(request.requestId, request.checks)
      }
    }
    return found
  }
}

/** A line that is being written just now is passed over. */
function requestOf(line: string): LoggedRequest | null {
  try {
    return JSON.parse(line) as LoggedRequest
  } catch {
    return null
  }
}
