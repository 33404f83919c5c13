import type { Emit, EngineEvent } from '../../runner/engine/events.ts'

/** The first line of every output names target, account and region: what is said before it is known waits for it. */
export function notesAfterFirstLine(show: Emit): { emit: Emit; flush(): void } {
  let waiting: EngineEvent[] | null = []
  const flush = (): void => {
    const events = waiting ?? []
    waiting = null
    for (const event of events) show(event)
  }
  return {
    emit: event => {
      if (waiting !== null && event.type === 'note') {
        waiting.push(event)
        return
      }
      show(event)
      flush()
    },
    flush,
  }
}
