/** The policy types that AWS names in a denial, spelled as in AWS's sentence (without the word "policy" where it is a `-based` type). */
export const policyTypes = [
  'identity-based',
  'resource-based',
  'permissions boundary',
  'session policy',
  'service control policy',
  'resource control policy',
  'VPC endpoint policy',
  'role trust policy',
  'network-based',
  'service-based',
] as const

export type PolicyType = (typeof policyTypes)[number]

/** What a denial says of itself. A field is null where the text does not name it: never a guess. */
export interface Denial {
  /** AWS's error code, `AccessDenied` or `AccessDeniedException`, or the registry's `denied`. */
  code: string | null
  /** The API operation, where the client states it: `ListImages`. */
  operation: string | null
  /** ARN of the caller as AWS prints it (the session's for a role). */
  principal: string | null
  /** `ecr:ListImages`. */
  action: string | null
  /** ARN, `*`, or IAM's `role NAME`. */
  resource: string | null
  decision: 'implicitDeny' | 'explicitDeny' | null
  policyType: PolicyType | null
  /** Since 2026 AWS appends the ARN of the denying managed policy. */
  policyArn: string | null
}

/** Why a call failed without being refused: what the person has to look at, never mixed up with a denial. */
export type FailureCause =
  /** AWS answered with an error of the request itself: not found, malformed, conflict. */
  | 'request'
  /** 429, Throttling, ThrottlingException, RequestLimitExceeded. */
  | 'throttled'
  /** Expired, unknown, unsigned or wrongly signed credentials. */
  | 'credentials'
  /** 5xx and ServerException. */
  | 'unavailable'
  /** No answer: connection refused, reset, timeout, name not found. */
  | 'network'
  /** A local program or file, not AWS: exit status, write error. */
  | 'local'

export interface Allowed {
  outcome: 'allowed'
  output: unknown
  httpStatus: number | null
  requestId: string | null
}

export interface Denied {
  outcome: 'denied'
  code: string
  message: string
  httpStatus: number | null
  requestId: string | null
  denial: Denial
}

export interface Failed {
  outcome: 'failed'
  cause: FailureCause
  code: string
  message: string
  httpStatus: number | null
  requestId: string | null
  /** Output that came all the same (a program's exit status and streams). */
  output?: unknown
}

/** The answer to one step. A denial is an answer, not an exception. */
export type Outcome = Allowed | Denied | Failed
