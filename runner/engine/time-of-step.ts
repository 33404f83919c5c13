import type { Failed } from '../../assertions/index.ts'
import { limited } from '../aws/limits.ts'
import type { PreparedStep } from '../steps/step-kind.ts'

/** Milliseconds that a step has at least: in less, an answer that is on its way would be cut off. */
const shortest = 2_000
/** That a change is given, however late it is sent: what is cut off has to be settled by reading. */
const forChange = 5_000
/** That this reading has, once the time of the step is over. */
const toLook = 10_000

export interface TimeOfStep {
  /** Does what only reads, before the time is over. */
  reading<T>(work: () => T): T
  changing<T>(work: () => T): T
  /** Reads what became of a change. */
  looking<T>(work: () => T): T
  over(): boolean
}

/**
 * The time of a step that begins now: its calls end with it. It has none where nothing is waited for, since an answer is at once what it will
 * be; and where the step moves data, as long as they move. Then each call ends by itself.
 */
export function timeOf(
  { movesData }: Pick<PreparedStep, 'movesData'>,
  { eventual, within }: { eventual: boolean; within: number },
): TimeOfStep {
  const until = eventual && !movesData ? performance.now() + Math.max(within, shortest) : null
  const later = () => until && Math.max(until, performance.now() + toLook)
  return {
    reading: work => limited({ until }, work),
    changing: work => limited({ until, least: forChange }, work),
    looking: work => limited({ until: later(), least: forChange }, work),
    over: () => until !== null && performance.now() >= until,
  }
}

/** A change that was not sent. */
export const notSent = (code: 'Interrupted' | 'TimeoutError'): Failed => ({
  outcome: 'failed',
  cause: 'network',
  code,
  message: code === 'Interrupted' ? 'interrupted before it was sent' : 'not sent: the time of the step was over',
  httpStatus: null,
  requestId: null,
})
