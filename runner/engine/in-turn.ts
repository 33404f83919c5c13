import type { Emit, EngineEvent } from './events.ts'

/**
 * Lets several works that are done at the same time tell what happens as if they came one after another: the first that has not ended tells
 * at once, those behind it when their turn comes. Which labs are under way behind it is told as it changes.
 */
export function inTurn(emit: Emit): { emitOf(work: number): Emit; ended(work: number): void } {
  const held = new Map<number, EngineEvent[]>()
  const over = new Set<number>()
  let turn = 0
  let told = ''
  const tellBehind = (): void => {
    const labs = [...held.entries()].sort(([one], [other]) => one - other).flatMap(([, events]) => underWayIn(events))
    if (labs.join() !== told) emit({ type: 'beside', labs })
    told = labs.join()
  }
  return {
    emitOf: work => event => {
      if (work <= turn) return emit(event)
      held.set(work, [...(held.get(work) ?? []), event])
      if (event.type === 'lab' || event.type === 'lab-done') tellBehind()
    },
    ended: work => {
      over.add(work)
      while (over.has(turn)) {
        turn += 1
        for (const event of held.get(turn) ?? []) emit(event)
        held.delete(turn)
      }
      tellBehind()
    },
  }
}

/** The lab of a work that has begun it and not ended it. */
const underWayIn = (events: readonly EngineEvent[]): string[] =>
  events.some(({ type }) => type === 'lab-done')
    ? []
    : events.flatMap(event => (event.type === 'lab' ? [event.id] : []))
