import { createReadStream, existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Recorded } from '../../runner/engine/why/ask-why.ts'
import type { LoggedRequest } from '../../sandbox/request-log.ts'
import { linesOf } from '../explain/lines-of.ts'

/** The sandbox's record of one request, in its present log or the one before. null: neither has it. */
export const recordedIn =
  (sandboxFolder: string) =>
  async (requestId: string): Promise<Recorded | null> => {
    for (const name of ['log.jsonl', 'log.1.jsonl']) {
      const file = join(sandboxFolder, name)
      if (!existsSync(file)) continue
      for await (const line of linesOf(createReadStream(file))) {
        if (!line.includes(requestId)) continue
        const request = parsed(line)
        if (request?.requestId === requestId && request.checks.length > 0)
          return { caller: request.caller, checks: request.checks }
      }
    }
    return null
  }

/** A line that is being written just now is passed over. */
function parsed(line: string): LoggedRequest | null {
  try {
    return JSON.parse(line) as LoggedRequest
  } catch {
    return null
  }
}
