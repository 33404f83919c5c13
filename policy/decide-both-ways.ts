import type { NotKnown } from './assumption.ts'
import { documentOf } from './compile.ts'
import { decideAssuming } from './decide.ts'
import type { AccessRequest, Decision, PolicySet } from './decision.ts'
import { policiesOf } from './findings.ts'

/** A key that is not known, and the policy that asks for it. */
export interface TurnsOn {
  key: string
  policy: string
}

export interface BothWays {
  /** With every Deny that may match, and no Allow that may not. */
  pessimistic: Decision
  /** With no Deny that may not match, and every Allow that may. */
  optimistic: Decision
  /** Empty: the two are the same, and certain. */
  turnsOn: TurnsOn[]
}

/**
 * Decides a request of which not every condition key is known, once as badly and once as well as it can be. Both being alike in decision and
 * policy type, so is all that lies between: fewer denies and more allows never turn an answer the other way, and of the types that could be
 * named the first is.
 *
 * @throws PolicyError for a request or a policy set that cannot be evaluated
 */
export function decideBothWays(request: AccessRequest, policies: PolicySet, notKnown: NotKnown): BothWays {
  const turnedOn = new Map<object, Set<string>>()
  const pessimistic = decideAssuming(request, policies, { notKnown, lean: 'deny', turnedOn })
  const optimistic = decideAssuming(request, policies, { notKnown, lean: 'allow', turnedOn })
  const turnsOn = policiesOf(policies).flatMap(([, attached]) =>
    attached.flatMap(policy =>
      documentOf(policy).statements.flatMap(statement =>
        [...(turnedOn.get(statement) ?? [])].map((key): TurnsOn => ({ key, policy: policy.name })),
      ),
    ),
  )
  return { pessimistic, optimistic, turnsOn }
}
