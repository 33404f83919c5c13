import type { StepReport } from '../../assertions/index.ts'
import type { Step } from '../definition/index.ts'
import { stepKind } from '../steps/index.ts'

/** A step whose effect is in the account, and is judged there. */
export const makes = (step: Pick<Step, 'kind' | 'probes'>): boolean =>
  !step.probes && stepKind(step.kind)?.effect === 'changes'

/** What the verified steps of a lab say of its things: `there` as they should be or not, `absent`, `unread`; null: it makes none that verify reads. */
export type Trace = 'there' | 'absent' | 'unread' | null

/** One trace of several: one thing that is there tells that the lab was begun, one that could not be read that it is not known. */
export const traceOf = (traces: readonly Trace[]): Trace =>
  (['there', 'unread', 'absent'] as const).find(trace => traces.includes(trace)) ?? null

/** Of a step that makes something. What follows from another step says nothing by itself. */
export function traceOfMade({ status, diff, points }: StepReport): Trace {
  if (status === 'passed') return 'there'
  if (status === 'error' || status === 'blocked') return 'unread'
  if (status === 'failed')
    return diff.some(({ field, actual }) => field === 'state' && actual === 'absent') ? 'absent' : 'there'
  return points === 0 ? 'absent' : null
}

const reason = 'no points: nothing of this lab is there, and this comes out so in any account'

/**
 * Steps of a lab of which nothing is there: what came out right (a request that AWS refuses from anybody) would have without the student. Where
 * that could not be read, it is not known.
 */
export const earnedBy = (trace: Trace, steps: readonly StepReport[]): StepReport[] =>
  steps.map(step => {
    if (step.status !== 'passed' || step.maxPoints === 0 || trace === 'there' || trace === null) return step
    return { ...step, points: trace === 'absent' ? 0 : null, hint: reason }
  })
