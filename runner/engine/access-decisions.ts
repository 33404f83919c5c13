import type { AccessDecision } from '../../assertions/index.ts'
import type { Aws, Done, PreparedStep, StepContext } from '../steps/step-kind.ts'
import { checksOf } from './foresee.ts'

export interface AskedAccess {
  as: string | null
  /** Whoever made the call. */
  actor: Aws
  prepared: PreparedStep
  context: StepContext
  done: Pick<Done, 'outcome' | 'evidence' | 'decided'>
}

/**
 * What the answer of a step says of access. A failure of another kind says nothing, and neither does a change that the lab's own caller was
 * allowed: what the runner needs is not what the lab is about.
 */
export function accessDecisions({ as, actor, prepared, context, done }: AskedAccess): AccessDecision[] {
  const { outcome, evidence = 'observed', decided } = done
  if (decided)
    return decided.map(({ aws, ...each }): AccessDecision => ({ ...each, ...unnamed, principal: aws.arn || null }))
  const base = { identity: as, principal: actor.arn || null, evidence, statements: null }
  const checks = checksOf(prepared, context)
  if (outcome.outcome === 'allowed') {
    if (as === null && prepared.effect === 'changes') return []
    return checks.map((check): AccessDecision => ({ ...base, ...check, ...unnamed, decision: 'allowed' }))
  }
  if (outcome.outcome === 'failed') return []
  const { denial } = outcome
  const check = checks.find(({ action }) => action.toLowerCase() === denial.action?.toLowerCase()) ?? checks[0]
  const action = denial.action ?? check?.action
  const named = denial.resource?.startsWith('arn:') || denial.resource === '*' ? denial.resource : null
  const resource = named ?? check?.resource
  if (action === undefined || resource === undefined) return []
  const { decision, policyType, policyArn, principal } = denial
  return [
    {
      ...{ ...base, action, resource, policyType, policyArn },
      ...{ principal: principal ?? base.principal, decision: decision ?? 'denied' },
    } satisfies AccessDecision,
  ]
}

const unnamed = { policyType: null, policyArn: null, statements: null } as const
