import { setTimeout } from 'node:timers/promises'
import type { Outcome } from '../../assertions/index.ts'
import { limits } from './limits.ts'
import { isLost } from './retry.ts'

/**
 * Does a thing of several calls again, from its beginning, when one of them had no answer: an upload that broke off is begun anew. Only for
 * what may be done twice.
 *
 * @param work null: it is done; else the outcome that stopped it
 */
export async function insist(work: () => Promise<Outcome | null>, tries = 5): Promise<Outcome | null> {
  for (let attempt = 1; ; attempt += 1) {
    const stopped = await work()
    if (stopped === null || attempt >= tries || !isLost(stopped) || limits().signal?.aborted) return stopped
    await setTimeout(Math.random() * 100 * 2 ** attempt)
  }
}
