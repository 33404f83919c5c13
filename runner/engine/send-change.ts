import { setTimeout } from 'node:timers/promises'
import type { Outcome, Verdict } from '../../assertions/index.ts'
import { isLost } from '../aws/retry.ts'
import type { Step } from '../definition/index.ts'
import { hasCode } from '../steps/answers.ts'
import type { ChangeRecord, Done, PreparedStep, StepContext } from '../steps/step-kind.ts'
import type { Journal } from './journal.ts'
import { didItHappen, tookEffect, wasSo } from './lost-answer.ts'
import type { PlannedLab } from './plan.ts'
import { readBefore } from './read-before.ts'
import { settle } from './settle.ts'
import { notSent, type TimeOfStep, timeOf } from './time-of-step.ts'

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
  /** Milliseconds in which a refusal is taken for a change before it that has not spread yet. */
  within: number
  /** Milliseconds that a refusal must hold. */
  stays: number
  /** As in EngineOptions. */
  notFoundFor?: number | undefined
  waiting: (attempts: number, elapsedMs: number, verdict: Verdict) => void
}

/**
 * Sends a change: the intent is on the disk before, the result after. It is done once: it is sent again only when AWS refused it, and answers
 * need time; or when no answer came and reading shows that it did not happen.
 */
export async function sendChange(change: ChangeToSend): Promise<Omit<Sent, 'doubt'>> {
  const { prepared, context, journal, planned, step } = change
  if (prepared.effect === 'local')
    return { done: await prepared.run(context), attempts: 1, waitedMs: 0, settled: true, unseen: false }
  const resource = prepared.resource(context.place, context.created)
  const time = timeOf(prepared, change)
  const { before, unread } = await time.reading(() => readBefore(prepared, context))
  // What was not read could not be put back.
  if (context.signal.aborted || time.over() || unread) {
    const outcome = context.signal.aborted ? notSent('Interrupted') : (unread ?? notSent('TimeoutError'))
    return { done: { outcome }, attempts: 0, waitedMs: 0, settled: true, unseen: false }
  }
  // Numbered as it is written: a number that the journal lacks is a line that was lost.
  const seq = journal.next()
  await journal.write({
    event: 'intent',
    seq,
    lab: planned.lab.id,
    step: step.id,
    kind: step.kind,
    at: new Date().toISOString(),
    fields: prepared.recorded ?? change.fields,
    account: context.place.account,
    resource,
    before,
  })
  const record = resource && { runId: context.runId, resource, before, remember: null }
  const { done, attempts, waitedMs, doubt, settled, unseen } = await send(change, record, {
    time,
    so: await time.reading(() => wasSo(change, before)),
  })
  const { outcome, remember = null } = done
  const mayHaveHappened = doubt || (prepared.halfWay === true && !change.judged(outcome).passed)
  const result = outcome.outcome === 'allowed' ? 'done' : mayHaveHappened ? 'unknown' : 'refused'
  await journal.write({ event: 'result', seq, result, remember })
  return { done, attempts, waitedMs, settled, unseen }
}

interface Sent {
  done: Done
  attempts: number
  /** Milliseconds until the call was sent whose answer this is. */
  waitedMs: number
  /** true: one of the calls had no answer, and reading did not tell what came of it. */
  doubt: boolean
  /** false: within its time the answers never came to rest. */
  settled: boolean
  /** true: AWS says that what it makes is there, it may be that an unanswered call made it, and no read finds it. Not settled. */
  unseen: boolean
}

interface Known {
  time: TimeOfStep
  /** Was all as the change leaves it before it was sent? null: not known. */
  so: boolean | null
}

/**
 * Sends it until it is done, or until what it is refused for has settled, as a read's answer does: what AWS refuses is not done, so that it may
 * be asked again.
 */
async function send(change: ChangeToSend, record: ChangeRecord | null, known: Known): Promise<Sent> {
  const { judged, eventual, within, stays, context, waiting } = change
  const begun = performance.now()
  let calls = 0
  let sent: Called | null = null
  const settled = await settle({
    ask: async () => {
      sent = await sendOnce(change, record, known, { begun, doubt: sent?.doubt ?? false })
      calls += sent.calls
      return sent.done.outcome
    },
    judge: judged,
    eventual,
    final: outcome => !maySettle(change, outcome),
    within,
    stays,
    signal: context.signal,
    onAnswer: (_, elapsed, verdict) => waiting(calls, elapsed, verdict),
  })
  const { outcome } = settled
  const { done, doubt, waitedMs, unseen = false } = sent ?? { done: { outcome }, doubt: false, waitedMs: 0 }
  const time = settled.waitedMs + waitedMs
  return { done, attempts: calls, waitedMs: time, doubt, settled: settled.settled && !unseen, unseen }
}

/** A refusal that may end when what was changed before has spread. The lab's own caller is refused for what no lab changes. */
function maySettle({ prepared, step }: ChangeToSend, outcome: Outcome): boolean {
  if (prepared.propagating?.(outcome)) return true
  if (prepared.halfWay || ((step.as ?? null) === null && step.expectation?.kind !== 'deny')) return false
  return outcome.outcome === 'denied' || hasCode(outcome, 'UnrecognizedClient', 'InvalidClientTokenId')
}

interface Called {
  done: Done
  calls: number
  /** Milliseconds until the last of them. */
  waitedMs: number
  doubt: boolean
  /** As in Sent. */
  unseen?: boolean
}

/** How often a call is sent at most whose answers get lost. */
const tries = 7

/** Sends it once; again when no answer came, and reading shows that nothing was done. */
async function sendOnce(
  change: ChangeToSend,
  record: ChangeRecord | null,
  { time, so }: Known,
  before: { begun: number; doubt: boolean },
): Promise<Called> {
  const { prepared, context, judged, within, waiting } = change
  const first = performance.now()
  let { doubt } = before
  for (let calls = 1; ; calls += 1) {
    const waitedMs = calls === 1 ? 0 : performance.now() - first
    const done = await time.changing(() => prepared.run(context))
    const { outcome } = done
    if (outcome.outcome === 'allowed') return { done, calls, waitedMs, doubt: false }
    const elapsed = performance.now() - before.begun
    const verdict = judged(outcome)
    const lost = isLost(outcome)
    doubt ||= lost
    // It may be by the first one's effect that the second is refused: who locks himself out is told so when he asks again.
    const took = doubt && !lost && so === false ? await time.looking(() => tookEffect(change)) : null
    if (took) return { done: took, calls, waitedMs, doubt: false }
    // Where answers need no time, who is refused now was refused before.
    const refusedAlready = outcome.outcome === 'denied' && !change.eventual
    if (verdict.passed) return { done, calls, waitedMs, doubt: doubt && !refusedAlready }
    if (!doubt) return { done, calls, waitedMs, doubt }
    // Also when a later call says that the thing exists: then it was the lost one that made it.
    const left = within - elapsed
    const happened = await time.looking(() => didItHappen(change, record, so, { outcome, left }))
    if (happened === 'unseen') return { done, calls, waitedMs, doubt, unseen: true }
    if (happened) return { done: happened, calls, waitedMs, doubt: false }
    const again = happened === false && lost && calls < tries
    if (!again || context.signal.aborted || elapsed >= within) return { done, calls, waitedMs, doubt }
    waiting(calls + 1, elapsed, verdict)
    await setTimeout(Math.min(2_000, 200 * 1.5 ** calls, within - elapsed), undefined, {
      signal: context.signal,
    }).catch(() => undefined)
  }
}
