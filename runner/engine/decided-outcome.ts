import type { Denied, Outcome } from '../../assertions/index.ts'
import type { Decision } from '../../policy/index.ts'

/** What was asked. */
interface Asked {
  actor: { arn: string }
  action: string
  resource: string
}

/** A decision in the form of AWS's answer; the sentence is ours in AWS's grammar. */
export function outcomeOfDecision({ decision, policyType }: Decision, asked: Asked): Outcome {
  if (decision === 'allowed') return { outcome: 'allowed', output: undefined, httpStatus: null, requestId: null }
  const named = policyType?.endsWith('-based') ? `${policyType} policy` : policyType
  const article = /^[aeiou]/i.test(named ?? '') ? 'an' : 'a'
  const reason =
    named === null || named === undefined
      ? ''
      : decision === 'explicitDeny'
        ? ` with an explicit deny in ${article} ${named}`
        : ` because no ${named} allows the ${asked.action} action`
  return refusal(asked, reason, { decision, policyType })
}

/** A refusal of which the reason is open. */
export const deniedSomehow = (asked: Asked): Denied => refusal(asked, '', { decision: null, policyType: null })

function refusal(
  { actor, action, resource }: Asked,
  reason: string,
  why: Pick<Denied['denial'], 'decision' | 'policyType'>,
): Denied {
  const code = action.startsWith('ecr:') ? 'AccessDeniedException' : 'AccessDenied'
  return {
    outcome: 'denied',
    code,
    message: `User: ${actor.arn} is not authorized to perform: ${action} on resource: ${resource}${reason}`,
    httpStatus: null,
    requestId: null,
    denial: { code, operation: null, principal: actor.arn, action, resource, ...why, policyArn: null },
  }
}
