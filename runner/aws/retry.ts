import { setTimeout } from 'node:timers/promises'
import type { Outcome } from '../../assertions/index.ts'
import { limits } from './limits.ts'

/** These words begin the names of operations that change nothing: they may be sent again whatever came of them. */
const reading = /^(Get|List|Describe|BatchGet|BatchCheck|Simulate|Decode|AssumeRole)/

export const isRead = (operation: string): boolean => reading.test(operation.split(':')[1] ?? '')

/**
 * May the call be sent again? A throttled call had no effect. A read may also be repeated when no answer or a 5xx came; a change may not:
 * it is asked for by reading (the engine), for its answer may only have been lost.
 */
export const mayRepeat = (operation: string, outcome: Outcome): boolean =>
  outcome.outcome === 'failed' &&
  (outcome.cause === 'throttled' ||
    (isRead(operation) && (outcome.cause === 'unavailable' || outcome.cause === 'network')))

/** Nobody listens there, or there is no such place: the call did not get to AWS, and will not in 50 ms either. */
const nobodyThere = /^(ECONNREFUSED|ENOTFOUND)$/

/** true: no answer came, and whether the call took effect is not known. */
export const isLost = (outcome: Outcome): boolean =>
  outcome.outcome === 'failed' &&
  (outcome.cause === 'unavailable' || (outcome.cause === 'network' && !nobodyThere.test(outcome.code)))

/** After so many milliseconds nothing is sent again: answers that each take a minute must not add up. */
const patience = 30_000

/**
 * Sends until an answer that may not be repeated, with full-jitter backoff (50 ms doubling to 2 s), at most `attempts` times, and not beyond the
 * time of the work that it is for.
 *
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export async function withRetries(operation: string, send: () => Promise<Outcome>, attempts = 13): Promise<Outcome> {
  const { signal, until = null } = limits()
  const begun = performance.now()
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await send()
    if (attempt >= attempts || signal?.aborted || !mayRepeat(operation, outcome)) return outcome
    const now = performance.now()
    if (now - begun > patience) return outcome
    if (outcome.outcome === 'failed' && nobodyThere.test(outcome.code) && attempt >= 2) return outcome
    const backoff = Math.random() * Math.min(2_000, 50 * 2 ** attempt)
    if (until !== null && now + backoff >= until) return outcome
    await setTimeout(backoff, undefined, { signal }).catch(() => undefined)
  }
}
