import { AsyncLocalStorage } from 'node:async_hooks'
import { setMaxListeners } from 'node:events'

/** What bounds the calls that a piece of work makes, whoever makes them for it. */
export interface Limits {
  /** Aborted: every call under way ends (a change is given a moment to be answered), and no further one is sent. */
  signal?: AbortSignal | undefined
  /** When the time of the work is over, in milliseconds of performance.now(): a call under way then ends, and none is sent again. null: never. */
  until?: number | null | undefined
  /** Milliseconds that a call is given though the time is over sooner. Default 0. */
  least?: number | undefined
}

const current = new AsyncLocalStorage<Limits>()

/** Of the work that asks. Empty where nothing is bounded. */
export const limits = (): Limits => current.getStore() ?? {}

/** Does a work whose calls end in time; what is not said holds as for the work around it. */
export function limited<T>(given: Limits, work: () => T): T {
  // One listener for each call under way: many is as it should be.
  if (given.signal) setMaxListeners(0, given.signal)
  return current.run({ ...limits(), ...given }, work)
}

/** Does a work that nothing around it ends: the cleaning up after an interrupt. */
export const unlimited = <T>(work: () => T): T => current.run({}, work)

/** Why a call was ended before it had an answer. */
export class CallEnded extends Error {
  constructor(name: 'Interrupted' | 'TimeoutError', message: string) {
    super(message)
    this.name = name
  }
}

/** Milliseconds that a change under way is given after an interrupt: what it does is known then, and has been done before any of it is taken back. */
const grace = 3_000

/**
 * Makes one call within the limits. What does not listen to its signal (the SDK, as long as it looks for credentials) is not waited for.
 *
 * @param reads it changes nothing
 * @throws CallEnded, or what the call throws
 */
export async function withinLimits<T>(reads: boolean, call: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const { signal, until = null, least = 0 } = limits()
  const left = until === null ? null : Math.max(until - performance.now(), least)
  const controller = new AbortController()
  const ended = new Promise<never>((_, reject) => {
    controller.signal.addEventListener('abort', () => reject(controller.signal.reason), { once: true })
  })
  ended.catch(() => undefined)
  const timers: NodeJS.Timeout[] = []
  const interrupted = () => controller.abort(new CallEnded('Interrupted', 'interrupted before its answer came'))
  const interrupt = () => {
    if (reads) interrupted()
    else timers.push(setTimeout(interrupted, grace))
  }
  const timeOver = () =>
    controller.abort(new CallEnded('TimeoutError', 'no answer came before the time of the step was over'))
  if (signal?.aborted) interrupted()
  else if (left !== null && left <= 0) timeOver()
  controller.signal.throwIfAborted()
  signal?.addEventListener('abort', interrupt, { once: true })
  if (left !== null) timers.push(setTimeout(timeOver, left))
  try {
    return await Promise.race([call(controller.signal), ended])
  } finally {
    for (const timer of timers) clearTimeout(timer)
    signal?.removeEventListener('abort', interrupt)
  }
}
