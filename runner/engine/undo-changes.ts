import type { Leftover } from '../../assertions/index.ts'
import type { Target } from '../aws/target.ts'
import type { StepContext, Undone } from '../steps/step-kind.ts'
import type { Emit } from './events.ts'
import { inDependence } from './in-dependence.ts'
import { inTurn } from './in-turn.ts'
import type { Journal } from './journal.ts'
import { NotFoundYet } from './not-found-yet.ts'
import { isLast, pauseAfter } from './rounds.ts'
import { type Change, type PastRun, reopen } from './runs.ts'
import type { Slots } from './slots.ts'
import { left, leftover, reasonOf, undoOne } from './undo.ts'
import { type ToUndo, undoGroups } from './undo-groups.ts'

export interface Undoing {
  target: Target
  /** For the context of each undo: what a run had. */
  contextOf: (change: Change, run: PastRun) => StepContext
  /** Which labs need a lab, directly or further on. */
  dependents: (lab: string) => readonly string[]
  /** How many changes are taken back at once. */
  slots: Slots
  /** As in EngineOptions. */
  notFoundFor?: number | undefined
  emit: Emit
  signal: AbortSignal
}

interface Numbered extends ToUndo {
  /** Its place in the order. */
  position: number
}

/**
 * Takes changes back: those of one lab in the order given (newest first: what depends on a thing was made after it), those of labs that nothing
 * joins at the same time. Keeps going past failures; what is left is tried again with a pause, for an earlier one may have stood in its way.
 *
 * @returns what could not be taken back, in the order given
 */
export async function undoChanges(changes: readonly ToUndo[], undoing: Undoing): Promise<Leftover[]> {
  const { target, signal, dependents } = undoing
  const journals = new Map<string, Journal>()
  const journalOf = (run: PastRun): Journal => {
    const open = journals.get(run.folder) ?? reopen(run)
    journals.set(run.folder, open)
    return open
  }
  try {
    let todo: Numbered[] = changes.map((each, position) => ({ ...each, position }))
    /** Given up: these stay. */
    let given: Numbered[] = []
    const begun = performance.now()
    const groups = undoGroups(todo, dependents)
    const notFound = new NotFoundYet(target.eventual, undoing.notFoundFor)
    const unwritten = new Set<string>()
    const settle = async ({ change, run }: Numbered, undone: Undone, emit: Emit) => {
      const fault = await settleUndo(change, undone, journalOf(run), emit)
      // What is gone need not be written down: the next teardown looks again.
      if (fault && !unwritten.has(fault)) emit({ type: 'note', text: fault })
      if (fault) unwritten.add(fault)
    }
    for (let round = 1; ; round += 1) {
      const stayed: { each: Numbered; result: Undone }[] = []
      const open = new Set(todo.map(({ position }) => position))
      const waited = new Set<string>()
      const turns = inTurn(undoing.emit)
      await inDependence(
        groups.map(({ waitsFor }) => waitsFor),
        async group => {
          const mine = groups[group]?.changes ?? []
          for (const [index, each] of mine.entries()) {
            if (!open.has(each.position)) continue
            // What was changed twice is put back in two steps: not the first before the second.
            const thing = thingOf(each.change)
            const result = waited.has(thing)
              ? notYet
              : await undoing.slots(mine.length - index, () => tryOne(thing, each, notFound, undoing))
            if (result.result === 'left') {
              stayed.push({ each, result })
              waited.add(thing)
            } else await settle(each, result, turns.emitOf(group))
          }
          turns.ended(group)
        },
      )
      stayed.sort((a, b) => a.each.position - b.each.position)
      // What went may have stood in the way of what stayed, or taken it along: then it is asked once more.
      const progress = stayed.length < todo.length
      const asked = {
        round,
        begun,
        eventual: target.eventual,
        notFound,
        progress,
        stayed: stayed.map(each => each.result),
      }
      const last = isLast(asked) || signal.aborted
      if (last) for (const { each, result } of stayed) await settle(each, result, undoing.emit)
      if (last) given = stayed.map(({ each }) => each)
      todo = last ? [] : stayed.map(({ each }) => each)
      if (todo.length === 0) break
      await pauseAfter(asked, undoing)
    }
    return given.flatMap(({ change }) => leftover(change) ?? [])
  } finally {
    await Promise.all([...journals.values()].map(journal => journal.close()))
  }
}

const tryOne = (thing: string, { change, run }: ToUndo, notFound: NotFoundYet, undoing: Undoing): Promise<Undone> =>
  notFound.try(thing, Date.parse(change.at ?? run.start.startedAt), watched =>
    undoOne(change, run, { contextOf: (...of) => watched(undoing.contextOf(...of)) }),
  )

/** @returns why it could not be written down; null: it was */
async function settleUndo(change: Change, undone: Undone, journal: Journal, emit: Emit): Promise<string | null> {
  const note = undone.result === 'left' ? reasonOf(undone) : (undone.note ?? null)
  const fault = await journal.write({ event: 'undone', seq: change.seq, result: undone.result, note }).then(
    () => null,
    (error: Error) => error.message,
  )
  if (change.resource)
    emit({ type: 'undo', runId: change.runId, lab: change.lab, resource: change.resource, result: undone.result, note })
  return fault
}

const thingOf = ({ seq, account, resource, runId }: Change): string =>
  JSON.stringify(resource ? [account, resource.type, resource.name] : [runId, seq])

const notYet = left('a later change of the same thing could not be taken back')
