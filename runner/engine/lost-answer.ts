import { setTimeout } from 'node:timers/promises'
import type { Outcome } from '../../assertions/index.ts'
import { PolicyError } from '../../policy/index.ts'
import { insist } from '../aws/insist.ts'
import { hasCode } from '../steps/answers.ts'
import type { ChangeRecord, Done, PreparedStep, StepContext, Undone, Verification } from '../steps/step-kind.ts'
import { type Calls, isBelieved, watched } from './not-found-yet.ts'
import type { ChangeToSend } from './send-change.ts'

/**
 * Was all as a change leaves it before it is sent? Asked where another answer than the first could be mistaken for it: of a change that is
 * sent again; and of one that an error is expected of, whether the thing was there. null: not known, or not asked.
 */
export async function wasSo(
  { prepared, step, context }: ChangeToSend,
  before: Record<string, unknown> | null,
): Promise<boolean | null> {
  if (prepared.wasSo) return before && prepared.wasSo(before)
  if (step.expectation?.kind !== 'error' || !prepared.verify) return null
  const found = await seen(prepared, context)
  return found === null || found.state === 'unread' ? null : found.state !== 'absent'
}

/** Of a change that found things otherwise and one of whose calls had no answer: what that call answered, if it took effect. */
export async function tookEffect({ prepared, context }: ChangeToSend): Promise<Done | null> {
  const found = await seen(prepared, context)
  return found?.state === 'present' ? answerOf(found) : null
}

/** What reading finds of what a step leaves. null: it cannot be told, or the step's document is none that anything could be held against. */
export async function seen({ verify }: PreparedStep, context: StepContext): Promise<Verification | null> {
  try {
    return (await verify?.(context)) ?? null
  } catch (error) {
    if (error instanceof PolicyError) return null
    throw error
  }
}

const answerOf = ({ output, uniqueId }: Extract<Verification, { state: 'present' | 'differs' }>): Done => ({
  outcome: { outcome: 'allowed', output, httpStatus: null, requestId: null },
  remember: { uniqueId: uniqueId ?? null },
})

/** AWS says that there is one of that name. */
const isTaken = (outcome: Outcome): boolean => hasCode(outcome, 'EntityAlreadyExists', 'RepositoryAlreadyExists')

/**
 * Reads whether a change one of whose calls had no answer took effect: what it would have answered, false when it may be sent again, null when
 * that cannot be told, `unseen` when AWS says that the thing is there and no read finds it. Where answers need time a read may be behind: what
 * must be there is looked for as long as there is time, and what would be made a second time (a key) is not taken for missing at once.
 *
 * @param outcome the latest answer
 * @param left milliseconds of its `within` that are left
 */
export async function didItHappen(
  change: ChangeToSend,
  record: ChangeRecord | null,
  so: boolean | null,
  { outcome, left }: { outcome: Outcome; left: number },
): Promise<Done | false | null | 'unseen'> {
  const { prepared, context, eventual } = change
  const { signal } = context
  const begun = performance.now()
  for (let row = 1; ; row += 1) {
    const found = await look(change, record, so)
    if (found !== 'absent' && found !== 'unread') return found
    const elapsed = performance.now() - begun
    const twice = found === 'absent' && prepared.ofTheRun === true
    const looksOn = isTaken(outcome) || (twice && !isBelieved(row, elapsed, change.notFoundFor))
    if (!eventual || !looksOn || signal.aborted || elapsed >= left) {
      if (isTaken(outcome)) return 'unseen'
      return found === 'absent' && !(eventual && looksOn) ? false : null
    }
    await setTimeout(Math.min(2_000, 200 * 1.5 ** row, left - elapsed), undefined, { signal }).catch(() => undefined)
  }
}

/** One look. `absent`: nothing is there; `unread`: AWS does not let it be read, or gave no answer. */
async function look(
  change: ChangeToSend,
  record: ChangeRecord | null,
  so: boolean | null,
): Promise<Done | false | null | 'absent' | 'unread'> {
  const { prepared, context, step } = change
  // Reading would not tell a call that was refused from one that found all as it leaves it: these give their own answer when sent again. A
  // probe that must be denied passes by a denial alone, however often it is sent.
  if (prepared.repeatable || step.expectation?.kind === 'deny') return false
  // It left all as it was, if it got there: then it does so again.
  if (prepared.wasSo && so) return false
  if (!prepared.verify) return null
  // What belongs to the run (a key's secret) cannot be read back: it is taken back, and made again.
  if (prepared.ofTheRun) return takenBack(change, record)
  const found = await seen(prepared, context)
  if (found === null) return null
  if (found.state === 'unread') {
    const { outcome } = found
    // AWS takes the very name for wrong: there is nothing of it.
    return outcome.outcome === 'failed' && outcome.cause === 'request' ? false : 'unread'
  }
  if (found.state === 'absent') return 'absent'
  // It may be the very thing that the error expected is about: then it says so again.
  if (step.expectation?.kind === 'error' && so !== false) return so ? false : null
  const { tags } = found
  // A thing of that name that does not carry this run's tag was not made by this call; unreadable tags prove nothing.
  if (tags !== undefined && tags?.['accesslab:run'] !== context.runId) return null
  if (found.state === 'differs' || prepared.isItself?.(found.output) === false) return false
  return answerOf(found)
}

/** The answer to taking it back may get lost as well. false: it is not there any more; absent: it was not found. */
async function takenBack(
  { prepared, context }: ChangeToSend,
  record: ChangeRecord | null,
): Promise<false | null | 'absent'> {
  let undone: Undone | undefined
  const seen: Calls = { calls: 0, changes: 0 }
  await insist(async () => {
    undone = record ? await prepared.undo?.(watched(context, seen), record) : undefined
    return undone?.result === 'left' ? undone.outcome : null
  })
  if (undone?.result !== 'gone') return null
  return seen.changes > 0 ? false : 'absent'
}
