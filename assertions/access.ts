import type { PolicyType } from './outcome.ts'

/** A statement that had its part in a decision. */
export interface DecidingStatement {
  effect: 'Allow' | 'Deny'
  policyType: PolicyType
  /** `ecr_access_testing`, `team-a/alpine`: the policy, or what it hangs on. */
  policy: string
  /** Its Sid, else its number in the policy, from 1. */
  statement: string
}

/** One decision that a step tells of: who may do what on what. */
export interface AccessDecision {
  /** Its name in the lab; null: the lab's own caller. */
  identity: string | null
  /** ARN; null: not known. */
  principal: string | null
  action: string
  /** ARN, or `*`. */
  resource: string
  /** denied: AWS does not say of which kind. */
  decision: 'allowed' | 'implicitDeny' | 'explicitDeny' | 'denied'
  evidence: 'observed' | 'evaluated'
  /** The layer that refused; null: allowed, or not named. */
  policyType: PolicyType | null
  /** The policy that AWS's sentence names; null: none. */
  policyArn: string | null
  /** Those that decided, from the sandbox's record; null: the target tells nobody. Empty: an absence decided. */
  statements: DecidingStatement[] | null
}
