import type { Emit, EngineEvent } from './events.ts'

/**
 * Lets several works that are done at the same time tell what happens as if they came one after another: the first that has not ended tells
 * at once, those behind it when their turn comes.
 */
export function inTurn(emit: Emit): { emitOf(work: number): Emit; ended(work: number): void } {
  const held = new Map<number, EngineEvent[]>()
  const over = new Set<number>()
  let turn = 0
  return {
    emitOf: work => event => {
      if (work <= turn) emit(event)
      else held.set(work, [...(held.get(work) ?? []), event])
    },
    ended: work => {
      over.add(work)
      while (over.has(turn)) {
        turn += 1
        for (const event of held.get(turn) ?? []) emit(event)
        held.delete(turn)
      }
    },
  }
}
