import type { Leftover } from '../../assertions/index.ts'
import type { PreparedStep, StepContext, Undone } from '../steps/step-kind.ts'
import { byLab, type Change, credentialsOf, type PastRun, unreadable } from './runs.ts'
import { kindOf } from './stage.ts'

/** Why a thing stays. */
export const reasonOf = (undone: Extract<Undone, { result: 'left' }>): string =>
  undone.note ??
  (undone.outcome.outcome === 'allowed'
    ? 'it is still there after it was deleted'
    : `${undone.outcome.code}: ${undone.outcome.message}`)

/** The step that made a change, as its journal entry tells it; a text: why it cannot be told. */
export function preparedOf(change: Change): PreparedStep | string {
  if (change.kind === unreadable)
    return `the line that told what it made is damaged or missing: restore it, or look with \`lab teardown --orphans\`, which finds things by their tags; once nothing of it is there, move \`.lab/runs/${change.runId}\` away, and it is told no more`
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
  { contextOf }: { contextOf: (change: Change, run: PastRun) => StepContext },
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

export const left = (note: string): Extract<Undone, { result: 'left' }> => ({
  result: 'left',
  note,
  outcome: { outcome: 'failed', cause: 'local', code: 'Undo', message: note, httpStatus: null, requestId: null },
})

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
  [...runs].reverse().flatMap(run => {
    const labs = byLab(run.start)
    return run.changes
      .filter(change => which(change, run))
      .sort((a, b) => labs(b, a) || b.seq - a.seq)
      .map(change => ({ change, run }))
  })

/** The profile file of the run that made a change. */
export const profilesOf = (run: PastRun): string => credentialsOf(run.folder)
