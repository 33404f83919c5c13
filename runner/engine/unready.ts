import type { Outcome, StepReport, StepStatus } from '../../assertions/index.ts'
import { PolicyError } from '../../policy/index.ts'
import { DefinitionError, type Step } from '../definition/index.ts'
import { LabError } from '../lab-error.ts'
import type { PlannedLab } from './plan.ts'
import { Unread } from './read-policies.ts'
import { reportStep } from './report-step.ts'
import type { Stage } from './stage.ts'

/** A step's report by the step's id. */
export type Earlier = (step: string) => StepReport | undefined

/**
 * The row of a step that could not be judged for want of something that belongs to the account, not to the lab's form: an answer of an
 * earlier step that never came, a policy that may not be read or that we cannot evaluate. Such a step ends nothing but itself.
 *
 * @throws the error itself when it is anything else
 */
export function unready(stage: Stage, step: Step, error: unknown, earlier: Earlier): StepReport {
  const row = (status: StepStatus, outcome?: Outcome) =>
    reportStep(stage, {
      step,
      kind: step.kind,
      title: '',
      status,
      begun: performance.now(),
      ...(outcome ? { outcome } : {}),
    })
  if (error instanceof Unread)
    return {
      ...row(error.outcome.outcome === 'denied' ? 'blocked' : 'error', error.outcome),
      hint: `not graded: what decides it could not be read: ${error.message}`,
    }
  if (error instanceof PolicyError)
    return { ...row('error'), hint: `not graded: a policy that decides it cannot be evaluated: ${error.message}` }
  const missing = missingAnswer(error)
  if (missing === null) throw error
  const cause = earlier(missing)
  const follows = cause !== undefined && cause.status !== 'passed'
  return {
    ...row(follows ? 'skipped' : 'error'),
    hint: (error as Error).message,
    points: follows ? forfeit(cause) : null,
  }
}

/** A step skipped for want of its identity has no points where the step that was to make it was judged, and failed. */
export function withForfeit(report: StepReport, { lab, needed }: PlannedLab, step: Step, earlier: Earlier): StepReport {
  if (report.status !== 'skipped' || step.as === null) return report
  const maker = [lab, ...needed].flatMap(each => each.groups.flat()).find(each => each.identity === step.as)
  const cause = maker && earlier(maker.id)
  return cause && cause.status !== 'passed' ? { ...report, points: forfeit(cause) } : report
}

/** What follows from a wrong answer is wrong; what follows from one that could not be judged is not graded. */
const forfeit = (cause: StepReport): number | null => (cause.points === 0 ? 0 : null)

/** The step whose answer a template stands for in vain; null: the error is another one. */
const missingAnswer = (error: unknown): string | null =>
  error instanceof DefinitionError || (error instanceof LabError && error.code === 'template')
    ? (/`\{\{\s*steps\.([\w-]+)/.exec(error.message)?.[1] ?? null)
    : null
