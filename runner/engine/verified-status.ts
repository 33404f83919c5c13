import type { StepReport, StepStatus } from '../../assertions/index.ts'

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
