import type { LabReport } from '../../assertions/index.ts'
import type { Target } from '../aws/target.ts'
import { missingIdentity } from './missing-identity.ts'
import type { PlannedLab } from './plan.ts'

/** Was not one step done of the labs that were asked for? */
export function noneJudged(labs: readonly LabReport[]): boolean {
  const steps = labs.filter(lab => !lab.setUp).flatMap(lab => lab.steps)
  return steps.length > 0 && steps.every(({ status }) => status === 'skipped')
}

/**
 * Why nothing was judged, where that is because an identity of labs.yaml is not here: such an end is no success, though nothing failed.
 *
 * @returns null: something was judged, or there is another reason, which is told elsewhere
 */
export function nothingJudged(
  target: Target,
  planned: readonly PlannedLab[],
  labs: readonly LabReport[],
): string | null {
  if (!noneJudged(labs)) return null
  const missing = planned.flatMap(each => {
    const reason = missingIdentity(target, each)
    return reason === null ? [] : [`${each.lab.id} ${reason}`]
  })
  return missing.length === 0 ? null : `nothing was judged: ${missing.join('; ')}`
}
