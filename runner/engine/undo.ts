import { setTimeout } from 'node:timers/promises'
import type { Leftover, Outcome } from '../../assertions/index.ts'
import { isLost } from '../aws/retry.ts'
import type { Target } from '../aws/target.ts'
import type { PreparedStep, StepContext, Undone } from '../steps/step-kind.ts'
import type { Emit } from './events.ts'
import type { Journal } from './journal.ts'
import { type Change, credentialsOf, type PastRun, reopen, unreadable } from './runs.ts'
import { kindOf } from './stage.ts'

export interface Undoing {
  target: Target
  /** For the context of each undo: what a run had. */
  contextOf: (change: Change, run: PastRun) => StepContext
  emit: Emit
  signal: AbortSignal
}

/** How often a thing that would not go is tried: on a target whose answers need time, conflicts pass; where answers get lost, the next may come. */
const rounds = { eventual: 6, immediate: 2, lost: 10 }

/** So long, in milliseconds, it goes on after answers that got lost: an outage is not sat out. */
const patience = 5 * 60_000

const wasLost = (undone: Undone): boolean =>
  undone.result === 'left' && (isLost(undone.outcome) || isThrottled(undone.outcome))

const isThrottled = (outcome: Outcome): boolean => outcome.outcome === 'failed' && outcome.cause === 'throttled'

/**
 * Takes changes back, in the order given (newest first: what depends on a thing was made after it). Keeps going past failures; what is left
 * is tried again with a pause, for an earlier one may have stood in its way.
 *
 * @returns what could not be taken back
 */
export async function undoChanges(
  changes: readonly { change: Change; run: PastRun }[],
  undoing: Undoing,
): Promise<Leftover[]> {
  const journals = new Map<string, Journal>()
  const journalOf = (run: PastRun): Journal => {
    const open = journals.get(run.folder) ?? reopen(run)
    journals.set(run.folder, open)
    return open
  }
  try {
    let left = [...changes]
    /** Given up: these stay. */
    const given: typeof left = []
    const begun = performance.now()
    const most = undoing.target.eventual ? rounds.eventual : rounds.immediate
    for (let round = 1; ; round += 1) {
      const stayed: { each: (typeof left)[number]; result: Undone }[] = []
      const waited = new Set<string>()
      for (const each of left) {
        // What was changed twice is put back in two steps: not the first before the second.
        const thing = thingOf(each.change)
        const result = waited.has(thing) ? notYet : await undoOne(each.change, each.run, undoing)
        if (result.result === 'left') {
          stayed.push({ each, result })
          waited.add(thing)
        } else settleUndo(each.change, result, journalOf(each.run), undoing.emit, given, each)
      }
      // One whose answer got lost may be what stands in the way of the others: they are tried as long as it is.
      const insisting = stayed.some(({ result }) => wasLost(result)) && performance.now() - begun < patience
      // What went may have stood in the way of what stayed, or taken it along: then it is asked once more.
      const progress = stayed.length < left.length
      const last = (round >= (insisting ? rounds.lost : most) && !progress) || undoing.signal.aborted
      if (last)
        for (const { each, result } of stayed)
          settleUndo(each.change, result, journalOf(each.run), undoing.emit, given, each)
      left = last ? [] : stayed.map(({ each }) => each)
      if (left.length === 0) break
      await setTimeout(undoing.target.eventual ? Math.min(30_000, 500 * 2 ** round) : 20 * round, undefined, {
        signal: undoing.signal,
      }).catch(() => undefined)
    }
    return given.flatMap(({ change }) => leftover(change) ?? [])
  } finally {
    for (const journal of journals.values()) journal.close()
  }
}

function settleUndo<T>(change: Change, undone: Undone, journal: Journal, emit: Emit, still: T[], each: T): void {
  const note = undone.result === 'left' ? reasonOf(undone) : (undone.note ?? null)
  journal.write({ event: 'undone', seq: change.seq, result: undone.result, note })
  if (undone.result === 'left') still.push(each)
  if (change.resource)
    emit({ type: 'undo', runId: change.runId, lab: change.lab, resource: change.resource, result: undone.result, note })
}

/** Why a thing stays. */
export const reasonOf = (undone: Extract<Undone, { result: 'left' }>): string =>
  undone.note ??
  (undone.outcome.outcome === 'allowed'
    ? 'it is still there after it was deleted'
    : `${undone.outcome.code}: ${undone.outcome.message}`)

/** The step that made a change, as its journal entry tells it; a text: why it cannot be told. */
export function preparedOf(change: Change): PreparedStep | string {
  if (change.kind === unreadable)
    return 'the line that told what it made is damaged: restore it, or look with `lab teardown --orphans`, which finds things by their tags'
  try {
    return kindOf(change).prepare(change.fields)
  } catch (error) {
    return `its journal entry cannot be read: ${(error as Error).message}`
  }
}

/** Takes one change back; whatever goes wrong is an answer. */
export async function undoOne(
  change: Change,
  run: PastRun,
  { contextOf }: Pick<Undoing, 'contextOf'>,
): Promise<Undone> {
  const prepared = preparedOf(change)
  if (typeof prepared === 'string') return left(prepared)
  if (!prepared.undo) return { result: 'gone' }
  const { runId, before, remember } = change
  const resource = change.resource ?? { type: change.kind, name: change.step, arn: null, part: true }
  try {
    const undone = await prepared.undo(contextOf(change, run), { runId, resource, before, remember })
    return neverWas(change, undone) ? { result: 'gone' } : undone
  } catch (error) {
    return left((error as Error).message)
  }
}

/** A change in doubt whose very name AWS takes for wrong when it is read: it cannot have been made. */
const neverWas = ({ result }: Change, undone: Undone): boolean =>
  result === 'unknown' &&
  undone.result === 'left' &&
  undone.outcome.outcome === 'failed' &&
  undone.outcome.cause === 'request' &&
  /^(InvalidParameter|InvalidInput|ValidationError)/.test(undone.outcome.code)

const left = (note: string): Extract<Undone, { result: 'left' }> => ({
  result: 'left',
  note,
  outcome: { outcome: 'failed', cause: 'local', code: 'Undo', message: note, httpStatus: null, requestId: null },
})

const thingOf = ({ seq, account, resource, runId }: Change): string =>
  JSON.stringify(resource ? [account, resource.type, resource.name] : [runId, seq])

const notYet = left('a later change of the same thing could not be taken back')

/** A change as status and leftovers name it; null for one that leaves no thing behind. */
export const leftover = ({ resource, runId, remember }: Change): Leftover | null =>
  resource === null
    ? null
    : {
        type: resource.type,
        name: resource.name,
        arn: typeof remember?.arn === 'string' ? remember.arn : resource.arn,
        runId,
      }

/** Newest first, over all runs. */
export const newestFirst = (runs: readonly PastRun[], which: (change: Change, run: PastRun) => boolean) =>
  [...runs].reverse().flatMap(run =>
    run.changes
      .filter(change => which(change, run))
      .sort((a, b) => b.seq - a.seq)
      .map(change => ({ change, run })),
  )

/** The profile file of the run that made a change. */
export const profilesOf = (run: PastRun): string => credentialsOf(run.folder)
