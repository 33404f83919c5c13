import { setMaxListeners } from 'node:events'
import { limited } from '../aws/limits.ts'

export class TimeOver extends Error {
  constructor(milliseconds: number) {
    super(`not done after ${milliseconds / 1000} s`)
    this.name = 'TimeOver'
  }
}

/**
 * Work on one student, with a signal that is aborted when his time is over or everything is: so are its calls. Work that does not listen is not waited for.
 *
 * @throws TimeOver, or what the work throws
 */
export async function withTimeLimit<T>(
  milliseconds: number,
  outer: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController()
  // One listener for each call under way: many is as it should be.
  setMaxListeners(0, outer, controller.signal)
  const abort = () => controller.abort(outer.reason)
  outer.addEventListener('abort', abort, { once: true })
  if (outer.aborted) abort()
  const timer = setTimeout(() => controller.abort(new TimeOver(milliseconds)), milliseconds)
  try {
    const ended = new Promise<never>((_resolve, reject) => {
      controller.signal.addEventListener('abort', () => reject(controller.signal.reason), { once: true })
    })
    const result = limited({ signal: controller.signal }, () => work(controller.signal))
    // Whichever is late has nobody listening any more.
    result.catch(() => {})
    ended.catch(() => {})
    return await Promise.race([result, ended])
  } finally {
    clearTimeout(timer)
    outer.removeEventListener('abort', abort)
  }
}
