import type { PlannedStep } from '../../runner/engine/planned-steps.ts'
import { stepKind, stepKinds } from '../../runner/steps/index.ts'
import { policyReads } from '../../runner/steps/policy-reads.ts'
import type { Permission } from '../../runner/steps/step-kind.ts'

/** whole: to run, and to take back what the run made. teardown: that too, whatever has come about since, and orphans. */
export type Purpose = 'whole' | 'run' | 'verify' | 'teardown'

/** What the lab's own caller needs for a step; identities of labs.yaml have credentials of their own, in accounts of their own. */
export function neededFor(purpose: Purpose, { step, permissions, resource }: PlannedStep): Permission[] {
  if (permissions === null) return []
  const { undo, spare = [] } = permissions
  if (purpose === 'teardown') return [...undo, ...spare]
  const own = step.as === null ? permissions.run : []
  if (purpose === 'run') return own
  if (purpose === 'whole') return [...own, ...undo]
  const { effect } = stepKind(step.kind) ?? { effect: 'local' }
  // A read whose identity has no keys here is decided, and what it would have held read by the caller.
  const asked = effect === 'reads' || (effect === 'session' && step.as === null) ? permissions.run : []
  return [...permissions.verify, ...asked, ...policyReads(resource)]
}

/** What finding things needs whose journal is lost: every kind's things are listed, with their tags. */
export const neededForOrphans = (): Permission[] =>
  stepKinds.flatMap(({ sweep }) => (sweep?.actions ?? []).map(action => ({ action, resource: '*' })))
