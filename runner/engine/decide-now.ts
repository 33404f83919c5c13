import type { Outcome } from '../../assertions/index.ts'
import type { Aws } from '../steps/step-kind.ts'
import { evaluate } from './evaluate.ts'
import { Unread } from './read-policies.ts'
import type { Stage } from './stage.ts'
import { Undecidable } from './undecidable.ts'

/**
 * What an identity would be answered, decided from the policies as they are. Where they cannot be read there is a failure, and no decision. The lab's
 * own caller is one who may do what the lab does, also where a grader who may only read stands in for him.
 *
 * @param reason false: a refusal is one for whatever reason
 * @throws Undecidable where it turns on what is not known of the request
 */
export async function decideNow(
  stage: Stage,
  actor: Aws,
  action: string,
  resource: string,
  reason: boolean,
): Promise<Outcome> {
  const { region } = stage.target.place
  const trusted = actor === stage.target.caller
  const question = { actor, trusted, session: stage.sessionOf(actor.arn), action, resource, region, without: [] }
  try {
    return await evaluate(account => stage.ownerOf(account), question)
  } catch (error) {
    if (error instanceof Undecidable && error.denial !== null && !reason) return error.denial
    if (!(error instanceof Unread) || error.outcome.outcome === 'allowed') throw error
    const { code, message, httpStatus, requestId } = error.outcome
    // Who may not look cannot tell: that is no verdict on the policies.
    return error.outcome.outcome === 'denied'
      ? { outcome: 'failed', cause: 'credentials', code, message, httpStatus, requestId }
      : error.outcome
  }
}
