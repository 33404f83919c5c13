import type { Expectation, Outcome } from '../../assertions/index.ts'
import type { PreparedStep, StepContext } from '../steps/step-kind.ts'
import { asksOfCaller, callersOwn } from './callers-own.ts'
import { checksOf, decideAll, decideFor } from './foresee.ts'
import type { Stage } from './stage.ts'

/**
 * The lab's own caller was refused, as the lab expects; but a grader stands in his place, who may lack what he had. What is asked for refuses
 * by itself where its policies alone do, whatever the caller may: then that is the answer.
 *
 * @returns the outcome that counts; null: the refusal is the grader's own affair, or it cannot be told whose it is
 * @throws Unread, Undecidable
 */
export async function refusalOfLab(
  stage: Stage,
  prepared: PreparedStep,
  context: StepContext,
  expectation: Expectation,
  outcome: Outcome,
): Promise<Outcome | null> {
  if (outcome.outcome !== 'denied' || expectation.kind !== 'deny' || asksOfCaller(expectation)) return outcome
  const { policyType } = outcome.denial
  if (policyType !== null && !callersOwn.has(policyType)) return outcome
  const checks = checksOf(prepared, context)
  if (checks.length === 0) return null
  const decided = await decideAll(decideFor(stage, context.aws, [], { brings: prepared.brings }), checks)
  return decided.outcome === 'denied' ? decided : null
}
