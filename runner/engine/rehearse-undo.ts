import type { Leftover } from '../../assertions/index.ts'
import type { Target } from '../aws/target.ts'
import { dryTarget } from './dry-target.ts'
import type { Emit, EngineEvent } from './events.ts'
import type { EngineOptions } from './options.ts'
import type { Change, PastRun } from './runs.ts'
import { leftover, preparedOf, reasonOf, undoOne } from './undo.ts'
import { undoContext } from './undo-context.ts'

/** Takes things back with a client that keeps changes back. */
export interface UndoRehearsal {
  /** Reads are sent; what they are answered is as if the changes had been made. */
  target: Target
  /**
   * The same undo, newest first as given: each call that would be sent, what would go, what would stay and why. Writes nothing.
   *
   * @returns what would stay
   */
  undo(changes: readonly { change: Change; run: PastRun }[]): Promise<Leftover[]>
}

export function rehearseUndo(options: EngineOptions): UndoRehearsal {
  const { emit } = options
  let heard: EngineEvent[] = []
  const hear: Emit = event => {
    heard.push(event)
  }
  const target = dryTarget(options.target, hear)
  const contextOf = undoContext({ ...options, target })
  const one = async (change: Change, run: PastRun): Promise<Leftover | null> => {
    const { runId, lab, step } = change
    const what = `${change.resource?.type ?? change.kind} ${change.resource?.name ?? step} (run ${runId})`
    const prepared = preparedOf(change)
    // Without calls its undo acts on this machine by itself, and no client stands between.
    const undone =
      typeof prepared !== 'string' && prepared.actions.length === 0 ? null : await undoOne(change, run, { contextOf })
    const calls = heard
    heard = []
    if (undone?.result === 'left') emit({ type: 'note', text: `would leave ${what}: ${reasonOf(undone)}` })
    else if (undone?.result === 'foreign') emit({ type: 'note', text: `would leave ${what}: ${undone.note}` })
    else if (change.resource)
      emit({ type: 'note', text: `would remove ${what}${undone && calls.length === 0 ? ', already gone' : ''}` })
    for (const call of calls) emit(call.type === 'would-send' ? { ...call, takesBack: { runId, lab, step } } : call)
    return undone?.result === 'left' ? leftover(change) : null
  }
  return {
    target,
    async undo(changes) {
      const stays: Leftover[] = []
      for (const { change, run } of changes) {
        const thing = await one(change, run)
        if (thing) stays.push(thing)
      }
      return stays
    },
  }
}
