import type { FailureCause, Outcome, Verdict } from '../../../assertions/index.ts'

/** Answers as AWS gives them, in short: what a test of the engine holds against an expectation. */
export const allowed = (output: unknown = {}): Outcome => ({
  outcome: 'allowed',
  output,
  httpStatus: 200,
  requestId: 'r',
})

export const denied = (decision: 'implicitDeny' | 'explicitDeny' = 'implicitDeny'): Outcome => ({
  outcome: 'denied',
  code: 'AccessDeniedException',
  message: 'User: u is not authorized to perform: ecr:ListImages',
  httpStatus: 400,
  requestId: 'r',
  denial: {
    code: 'AccessDeniedException',
    operation: 'ListImages',
    principal: 'u',
    action: 'ecr:ListImages',
    resource: '*',
    decision,
    policyType: null,
    policyArn: null,
  },
})

export const failed = (cause: FailureCause, code = 'Code', message = 'message'): Outcome => ({
  outcome: 'failed',
  cause,
  code,
  message,
  httpStatus: null,
  requestId: null,
})

/** Passes what is allowed. */
export const mustBeAllowed = (outcome: Outcome): Verdict => ({
  passed: outcome.outcome === 'allowed',
  expected: 'allowed',
  actual: outcome.outcome,
  differences: [],
  unproven: [],
})
