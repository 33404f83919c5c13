import type { Outcome, StepReport, StepStatus } from '../../assertions/index.ts'
import { PolicyError } from '../../policy/index.ts'
import { DefinitionError, type Step } from '../definition/index.ts'
import { LabError } from '../lab-error.ts'
import { Unread } from './read-policies.ts'
import { reportStep } from './report-step.ts'
import type { Stage } from './stage.ts'
import { Undecidable } from './undecidable.ts'

/**
 * The row of a step of a run that needs an answer of an earlier step which never came: a failed probe stops nothing, but what stands on its
 * answer. Such a step ends nothing but itself, and is not skipped in silence: `error` unless what it stands on was seen to fail.
 *
 * @throws the error itself when it is anything else
 */
export function unanswered(
  stage: Stage,
  step: Step,
  error: unknown,
  earlier: (step: string) => StepReport | undefined,
): StepReport {
  // The step that makes the identity says why it is not there.
  if (error instanceof LabError && error.code === 'identity')
    return { ...row(stage, step, 'error'), hint: error.message }
  const missing = missingAnswer(error)
  if (missing === null) throw error
  const cause = earlier(missing)
  const follows = cause !== undefined && cause.status !== 'passed'
  const points = follows && cause.points === 0 ? 0 : null
  return { ...row(stage, step, follows ? 'skipped' : 'error'), hint: (error as Error).message, points }
}

/** The row of a step whose verdict hangs on what may not be read or is not known, or on a policy that cannot be evaluated; null: the error is another one. */
export function undecided(stage: Stage, step: Step, error: unknown): StepReport | null {
  if (error instanceof Unread) {
    const status = error.outcome.outcome === 'denied' ? 'blocked' : 'error'
    const hint = `not graded: what decides it could not be read: ${error.message}`
    const report = row(stage, step, status, error.outcome)
    return { ...report, hint: status === 'blocked' ? `${hint}\n${report.hint}` : hint }
  }
  if (error instanceof Undecidable) return { ...row(stage, step, 'error'), hint: `not graded: ${error.message}` }
  if (error instanceof PolicyError)
    return {
      ...row(stage, step, 'error'),
      hint: `not graded: a policy that decides it cannot be evaluated: ${error.message}`,
    }
  return null
}

const row = (stage: Stage, step: Step, status: StepStatus, outcome?: Outcome): StepReport =>
  reportStep(stage, {
    step,
    kind: step.kind,
    title: '',
    status,
    begun: performance.now(),
    ...(outcome ? { outcome } : {}),
  })

/** The step whose answer a template stands for in vain; null: the error is another one. */
const missingAnswer = (error: unknown): string | null =>
  error instanceof DefinitionError || (error instanceof LabError && error.code === 'template')
    ? (/`\{\{\s*steps\.([\w-]+)/.exec(error.message)?.[1] ?? null)
    : null
