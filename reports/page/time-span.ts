import type { Report } from '../../assertions/index.ts'

export interface Span {
  /** Epoch milliseconds. */
  start: number
  /** Milliseconds, at least 1. */
  length: number
}

/** From the first thing that began to the last that ended. A report joined of two runs holds steps from before its own start. */
export function spanOf({ labs, startedAt, durationMs }: Report): Span {
  const steps = labs.flatMap(lab => lab.steps).filter(({ status }) => status !== 'skipped')
  const starts = steps.map(step => Date.parse(step.startedAt))
  const ends = steps.map(step => Date.parse(step.startedAt) + step.durationMs)
  const begun = Date.parse(startedAt)
  const start = Math.min(begun, ...starts)
  return { start, length: Math.max(1, Math.max(begun + durationMs, ...ends) - start) }
}

const most = 6

/** Round times of a span, 0 first, not more than a reader takes in. */
export function ticksOf(length: number): number[] {
  let step = 1
  for (const factor of endlessFactors()) {
    step *= factor
    if (length / step < most) break
  }
  return Array.from({ length: Math.floor(length / step) + 1 }, (_, index) => index * step)
}

/** 1, 2, 5, 10, 20, 50: each the one before, times this. */
function* endlessFactors(): Generator<number> {
  yield 1
  for (;;) yield* [2, 2.5, 2]
}
