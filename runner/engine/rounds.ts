import { setTimeout } from 'node:timers/promises'
import type { Outcome } from '../../assertions/index.ts'
import { isLost } from '../aws/retry.ts'
import type { Undone } from '../steps/step-kind.ts'
import type { Emit } from './events.ts'
import type { NotFoundYet } from './not-found-yet.ts'

/** How often a thing that would not go is tried: on a target whose answers need time, conflicts pass; where answers get lost, the next may come. */
const rounds = { eventual: 6, immediate: 2, lost: 10 }

/** So long, in milliseconds, it goes on after answers that got lost: an outage is not sat out. */
const patience = 5 * 60_000

/** The shortest pause between two rounds that wait for answers that may be behind, in milliseconds. */
const shortest = 50

const wasLost = (undone: Undone): boolean =>
  undone.result === 'left' && (isLost(undone.outcome) || isThrottled(undone.outcome))

const isThrottled = (outcome: Outcome): boolean => outcome.outcome === 'failed' && outcome.cause === 'throttled'

export interface Round {
  /** From 1. */
  round: number
  /** performance.now() at the beginning of the first. */
  begun: number
  eventual: boolean
  /** What came of the things that stayed. */
  stayed: readonly Undone[]
  /** Something went: it may have stood in the way of what stayed, or taken it along. */
  progress: boolean
  notFound: NotFoundYet
}

/** Is what stayed in this round given up? */
export function isLast({ round, begun, eventual, stayed, progress, notFound }: Round): boolean {
  // One whose answer got lost may be what stands in the way of the others: they are tried as long as it is.
  const insisting = (notFound.waiting > 0 || stayed.some(wasLost)) && performance.now() - begun < patience
  return !progress && round >= (insisting ? rounds.lost : eventual ? rounds.eventual : rounds.immediate)
}

/** Waits for the next round. */
export async function pauseAfter(
  { round, eventual, notFound }: Round,
  { emit, signal }: { emit: Emit; signal: AbortSignal },
): Promise<void> {
  notFound.tell(emit)
  const backoff = eventual ? Math.min(30_000, 500 * 2 ** round) : 20 * round
  const pause = Math.min(backoff, Math.max(shortest, notFound.remaining()))
  await setTimeout(pause, undefined, { signal }).catch(() => undefined)
}
