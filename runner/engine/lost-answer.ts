import { PolicyError } from '../../policy/index.ts'
import { insist } from '../aws/insist.ts'
import type { ChangeRecord, Done, PreparedStep, StepContext, Undone, Verification } from '../steps/step-kind.ts'
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

/** Reads whether a change without an answer took effect: what it would have answered, false when it may be sent again, null when that cannot be told. */
export async function didItHappen(
  change: ChangeToSend,
  record: ChangeRecord | null,
  so: boolean | null,
): Promise<Done | false | null> {
  const { prepared, context, step } = change
  // Reading would not tell a call that was refused from one that found all as it leaves it: these give their own answer when sent again. A
  // probe that must be denied passes by a denial alone, however often it is sent.
  if (prepared.repeatable || step.expectation?.kind === 'deny') return false
  // It left all as it was, if it got there: then it does so again.
  if (prepared.wasSo && so) return false
  if (!prepared.verify) return null
  // What belongs to the run (a key's secret) cannot be read back: it is taken back, and made again.
  if (prepared.ofTheRun) return (await takenBack(change, record)) ? false : null
  const found = await seen(prepared, context)
  if (found === null) return null
  if (found.state === 'unread') {
    const { outcome } = found
    // AWS takes the very name for wrong: there is nothing of it.
    return outcome.outcome === 'failed' && outcome.cause === 'request' ? false : null
  }
  if (found.state === 'absent') return false
  // It may be the very thing that the error expected is about: then it says so again.
  if (step.expectation?.kind === 'error' && so !== false) return so ? false : null
  const { tags } = found
  // A thing of that name that does not carry this run's tag was not made by this call; unreadable tags prove nothing.
  if (tags !== undefined && tags?.['accesslab:run'] !== context.runId) return null
  if (found.state === 'differs' || prepared.isItself?.(found.output) === false) return false
  return answerOf(found)
}

/** The answer to taking it back may get lost as well. */
async function takenBack({ prepared, context }: ChangeToSend, record: ChangeRecord | null): Promise<boolean> {
  let undone: Undone | undefined
  await insist(async () => {
    undone = record ? await prepared.undo?.(context, record) : undefined
    return undone?.result === 'left' ? undone.outcome : null
  })
  return undone?.result === 'gone'
}
