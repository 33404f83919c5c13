import { setTimeout } from 'node:timers/promises'
import type { Outcome, Verdict } from '../../assertions/index.ts'
import type { Step } from '../definition/index.ts'
import type { Done, PreparedStep, StepContext } from '../steps/step-kind.ts'
import type { Journal } from './journal.ts'
import type { PlannedLab } from './plan.ts'

export interface ChangeToSend {
  planned: PlannedLab
  step: Step
  prepared: PreparedStep
  fields: unknown
  context: StepContext
  judged: (outcome: Outcome) => Verdict
  journal: Journal
  /** false: what is not known now will not be known later. */
  eventual: boolean
  /** Milliseconds in which AWS's "not yet known" is taken as propagation. */
  within: number
  waiting: (attempts: number, elapsedMs: number, verdict: Verdict) => void
}

/**
 * Sends a change: the intent is on the disk before, the result after. It is sent once; again only when AWS says that something is not known
 * yet, or when no answer came and reading shows that it did not happen.
 */
export async function sendChange(change: ChangeToSend): Promise<{ done: Done; attempts: number }> {
  const { prepared, context, journal, planned, step } = change
  if (prepared.effect === 'local') return { done: await prepared.run(context), attempts: 1 }
  const seq = journal.next()
  journal.write({
    event: 'intent',
    seq,
    lab: planned.lab.id,
    step: step.id,
    kind: step.kind,
    fields: prepared.recorded ?? change.fields,
    account: context.place.account,
    resource: prepared.resource(context.place),
    before: (await prepared.before?.(context)) ?? null,
  })
  const { done, attempts, doubt } = await send(change)
  const { outcome, remember = null } = done
  const mayHaveHappened = doubt || (prepared.halfWay === true && !change.judged(outcome).passed)
  const result = outcome.outcome === 'allowed' ? 'done' : mayHaveHappened ? 'unknown' : 'refused'
  journal.write({ event: 'result', seq, result, remember })
  return { done, attempts }
}

/** doubt: one of the calls had no answer, and reading did not tell what came of it. */
async function send(change: ChangeToSend): Promise<{ done: Done; attempts: number; doubt: boolean }> {
  const { prepared, context, judged, within, waiting } = change
  const begun = performance.now()
  let doubt = false
  for (let attempts = 1; ; attempts += 1) {
    const done = await prepared.run(context)
    const { outcome } = done
    if (outcome.outcome === 'allowed') return { done, attempts, doubt: false }
    const elapsed = performance.now() - begun
    const verdict = judged(outcome)
    const lost = unanswered(outcome)
    doubt ||= lost
    if (verdict.passed) return { done, attempts, doubt }
    if (doubt) {
      // Also when a later call says that the thing exists: then it was the lost one that made it.
      const happened = await didItHappen(change)
      if (happened) return { done: happened, attempts, doubt: false }
      if (happened === null || !lost || attempts >= 3) return { done, attempts, doubt }
    } else if (!change.eventual || !prepared.propagating?.(outcome)) return { done, attempts, doubt }
    if (context.signal.aborted || elapsed >= within) return { done, attempts, doubt }
    waiting(attempts + 1, elapsed, verdict)
    await setTimeout(Math.min(2_000, 200 * 1.5 ** attempts), undefined, { signal: context.signal }).catch(
      () => undefined,
    )
  }
}

const unanswered = (outcome: Outcome): boolean =>
  outcome.outcome === 'failed' && (outcome.cause === 'network' || outcome.cause === 'unavailable')

/** Reads whether a change without an answer took effect: what it would have answered, false when it did not, null when that cannot be read. */
async function didItHappen({ prepared, context }: ChangeToSend): Promise<Done | false | null> {
  // What belongs to the run (a key's secret) cannot be read back.
  if (!prepared.verify || prepared.ofTheRun) return null
  const found = await prepared.verify(context)
  if (found.state === 'unread') return null
  if (found.state === 'absent') return false
  const { tags, uniqueId } = found
  // A thing of that name that does not carry this run's tag was not made by this call; unreadable tags prove nothing.
  if (tags !== undefined && tags?.['accesslab:run'] !== context.runId) return null
  if (found.state === 'differs') return false
  return {
    outcome: { outcome: 'allowed', output: found.output, httpStatus: null, requestId: null },
    remember: { uniqueId: uniqueId ?? null },
  }
}
