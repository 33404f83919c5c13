import { setTimeout } from 'node:timers/promises'
import type { Outcome, Verdict } from '../../assertions/index.ts'
import { isLost } from '../aws/retry.ts'
import type { Step } from '../definition/index.ts'
import type { ChangeRecord, Done, PreparedStep, StepContext } from '../steps/step-kind.ts'
import type { Journal } from './journal.ts'
import { didItHappen, tookEffect, wasSo } from './lost-answer.ts'
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
export async function sendChange(change: ChangeToSend): Promise<Omit<Sent, 'doubt'>> {
  const { prepared, context, journal, planned, step } = change
  if (prepared.effect === 'local') return { done: await prepared.run(context), attempts: 1, waitedMs: 0 }
  const seq = journal.next()
  const resource = prepared.resource(context.place)
  const before = (await prepared.before?.(context)) ?? null
  journal.write({
    event: 'intent',
    seq,
    lab: planned.lab.id,
    step: step.id,
    kind: step.kind,
    fields: prepared.recorded ?? change.fields,
    account: context.place.account,
    resource,
    before,
  })
  const record = resource && { runId: context.runId, resource, before, remember: null }
  const { done, attempts, waitedMs, doubt } = await send(change, record, await wasSo(change, before))
  const { outcome, remember = null } = done
  const mayHaveHappened = doubt || (prepared.halfWay === true && !change.judged(outcome).passed)
  const result = outcome.outcome === 'allowed' ? 'done' : mayHaveHappened ? 'unknown' : 'refused'
  journal.write({ event: 'result', seq, result, remember })
  return { done, attempts, waitedMs }
}

interface Sent {
  done: Done
  attempts: number
  /** Milliseconds until the call was sent whose answer this is. */
  waitedMs: number
  /** true: one of the calls had no answer, and reading did not tell what came of it. */
  doubt: boolean
}

/** How often a call is sent at most whose answers get lost. */
const tries = 7

/** @param so whether all was as the change leaves it before it was sent; null: not known */
async function send(change: ChangeToSend, record: ChangeRecord | null, so: boolean | null): Promise<Sent> {
  const { prepared, context, judged, within, waiting } = change
  const begun = performance.now()
  let doubt = false
  for (let attempts = 1; ; attempts += 1) {
    const waitedMs = attempts === 1 ? 0 : performance.now() - begun
    const done = await prepared.run(context)
    const { outcome } = done
    if (outcome.outcome === 'allowed') return { done, attempts, waitedMs, doubt: false }
    const elapsed = performance.now() - begun
    const verdict = judged(outcome)
    const lost = isLost(outcome)
    doubt ||= lost
    // It may be by the first one's effect that the second is refused: who locks himself out is told so when he asks again.
    const took = doubt && !lost && so === false ? await tookEffect(change) : null
    if (took) return { done: took, attempts, waitedMs, doubt: false }
    // Where answers need no time, who is refused now was refused before.
    const refusedAlready = outcome.outcome === 'denied' && !change.eventual
    if (verdict.passed) return { done, attempts, waitedMs, doubt: doubt && !refusedAlready }
    if (doubt) {
      // Also when a later call says that the thing exists: then it was the lost one that made it.
      const happened = await didItHappen(change, record, so)
      if (happened) return { done: happened, attempts, waitedMs, doubt: false }
      if (happened === null || !lost || attempts >= tries) return { done, attempts, waitedMs, doubt }
    } else if (!change.eventual || !prepared.propagating?.(outcome)) return { done, attempts, waitedMs, doubt }
    if (context.signal.aborted || elapsed >= within) return { done, attempts, waitedMs, doubt }
    waiting(attempts + 1, elapsed, verdict)
    await setTimeout(Math.min(2_000, 200 * 1.5 ** attempts, within - elapsed), undefined, {
      signal: context.signal,
    }).catch(() => undefined)
  }
}
