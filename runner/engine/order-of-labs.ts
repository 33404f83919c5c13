import { conflict, type Touches } from './conflict.ts'
import { touchesOfLabs } from './lab-touches.ts'
import type { RunOptions } from './options.ts'
import type { PlannedLab } from './plan.ts'
import type { Stage } from './stage.ts'
import { earlierRuns, toReplace } from './take-over.ts'

/** Of a lab: what it is called and what it needs, directly and further on. */
export interface Joined {
  lab: { id: string }
  needed: readonly { id: string }[]
}

const needs = (one: Joined | undefined, other: Joined | undefined): boolean =>
  one?.needed.some(({ id }) => id === other?.lab.id) ?? false

/** Which labs each one waits for, by their positions: those that it needs, and those before it that something else joins it to. */
export const whoWaits = (labs: readonly Joined[], joined: (position: number, before: number) => boolean): number[][] =>
  labs.map((each, position) =>
    labs.slice(0, position).flatMap((before, index) => (needs(each, before) || joined(position, index) ? [index] : [])),
  )

/** true: one touches what the other changes. */
export const touching =
  (touches: readonly Touches[]) =>
  (position: number, before: number): boolean =>
    conflict(touches[position] ?? null, touches[before] ?? null)

/**
 * Which labs of a run each one waits for. Where a run may end before its last lab, each waits for all before it: which of them are begun then
 * follows from their order alone.
 */
export async function orderOfLabs(
  options: RunOptions,
  stage: Stage,
  planned: readonly PlannedLab[],
): Promise<number[][]> {
  const oneByOne = planned.map((_, position) => planned.slice(0, position).map((_, before) => before))
  const inOrder = options.failFast || options.until !== null
  // Nothing is foreseen of labs that wait for one another anyway.
  if (inOrder || planned.every((each, position) => position === 0 || needs(each, planned[position - 1])))
    return oneByOne
  const runs = options.isolate ? [] : await earlierRuns(options, stage)
  const touches = touchesOfLabs({
    stage,
    planned,
    replaced: lab => toReplace(options, runs, lab).map(({ change }) => change),
    players: options.players ?? new Map(),
  })
  return whoWaits(planned, touching(touches))
}
