import type { LabReport, StepReport, StepStatus } from '../../assertions/index.ts'
import { reportLab } from './build-report.ts'
import type { PlannedLab } from './plan.ts'

/**
 * A verified lab's row. Where something of it could not be read, and nothing was found wrong, whether it is passed is not known: it is not graded,
 * though every step that carries points was judged.
 */
export function verifiedLab(planned: Pick<PlannedLab, 'lab' | 'setUp'>, steps: StepReport[]): LabReport {
  const [report, status] = [reportLab(planned, steps), statusOfVerified(steps)]
  const open = !planned.setUp && (status === 'error' || status === 'blocked')
  return { ...report, status, points: open ? null : report.points }
}

/**
 * The status of a lab that was verified. What verify leaves aside and is worth nothing (a wait, a profile on another machine) does not keep a lab
 * from being passed; a step that earns nothing because what it stands on is not there has failed.
 */
export function statusOfVerified(steps: readonly StepReport[]): StepStatus {
  const has = (status: StepStatus) => steps.some(step => step.status === status)
  if (has('failed') || steps.some(step => step.status === 'skipped' && step.points === 0 && step.maxPoints > 0))
    return 'failed'
  if (has('error')) return 'error'
  if (has('blocked')) return 'blocked'
  const open = steps.some(step => step.status === 'skipped' && step.points === null && step.maxPoints > 0)
  return open || !has('passed') ? 'skipped' : 'passed'
}
