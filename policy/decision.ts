/** The policy types in the words of AWS's denial sentence. */
export type PolicyType =
  | 'identity-based'
  | 'resource-based'
  | 'permissions boundary'
  | 'session policy'
  | 'service control policy'
  | 'resource control policy'
  | 'VPC endpoint policy'
  | 'role trust policy'

/** Values of one condition key; a list is a multivalued key. */
export type ContextValue = string | number | boolean | readonly string[]

/**
 * One authorization check. One API call may need several (CreateRepository with tags: ecr:CreateRepository and ecr:TagResource).
 * Context keys that follow from the principal and the resource are derived where `context` does not give them.
 */
export interface AccessRequest {
  /** ARN of the caller (the session's for a role), a service principal `x.amazonaws.com`, or `anonymous`. */
  principal: string
  /** The principal's account, 12 digits; null for a service or anonymous. */
  account: string | null
  /** Unique id of the user or role behind the caller (`AIDA...`, `AROA...`), to match principals that were resolved when a policy was stored. */
  principalId?: string | undefined
  /** ARN, with path, of the role behind a role session, or of the user behind a federated-user session. */
  issuerArn?: string | undefined
  /** `ecr:ListImages`. */
  action: string
  /** ARN, or `*` for actions without resource-level permissions. */
  resource: string
  /** The account that owns the resource. */
  resourceAccount: string
  context?: Readonly<Record<string, ContextValue>> | undefined
}

/** A policy as it is attached, with the name a person knows it by. */
export interface AttachedPolicy {
  /** Name of the policy, `repository policy of team-a/alpine`, or `inline:NAME`. */
  name: string
  /** ARN of a managed policy. */
  arn?: string | undefined
  /** The document as it was read, for explanations; no decision looks at it. */
  text?: string | undefined
  policy: import('./compile.ts').CompiledPolicy
}

/** Everything that may have a say. `null` or empty: there is none of that type. */
export interface PolicySet {
  identity: readonly AttachedPolicy[]
  boundary?: AttachedPolicy | null | undefined
  /** null: no session policy was passed. Together they are one set. */
  session?: readonly AttachedPolicy[] | null | undefined
  /** Repository policy, registry policy. */
  resource?: readonly AttachedPolicy[] | undefined
  /** The role's trust policy, for sts:AssumeRole*, sts:TagSession and sts:SetSourceIdentity on a role. */
  trust?: AttachedPolicy | null | undefined
  /** Of the principal's account: one list per level, root to account. null: no organization. */
  scps?: readonly (readonly AttachedPolicy[])[] | null | undefined
  /** Of the resource's account. */
  rcps?: readonly (readonly AttachedPolicy[])[] | null | undefined
  vpcEndpoint?: AttachedPolicy | null | undefined
}

/** Why a statement did not match: the first element that failed, with what it wanted and what the request had. */
export interface Mismatch {
  element: 'Action' | 'NotAction' | 'Resource' | 'NotResource' | 'Principal' | 'NotPrincipal' | 'Condition'
  /** For a Condition: operator and key. */
  operator?: string | undefined
  key?: string | undefined
  expected: readonly string[]
  /** null: the key is absent from the request. */
  actual: string | readonly string[] | null
}

export interface StatementVerdict {
  policyType: PolicyType
  /** Name of the policy the statement stands in, and its ARN if it is a managed one. */
  policy: string
  policyArn?: string | undefined
  /** Position in the policy, from 0, and its Sid if it has one. */
  index: number
  sid?: string | undefined
  effect: 'Allow' | 'Deny'
  matched: boolean
  mismatch?: Mismatch | undefined
}

/** What one layer says by itself, in the order AWS looks at them. `notApplicable`: there is none, or it does not bind this caller. */
export interface LayerVerdict {
  policyType: PolicyType
  verdict: 'allows' | 'denies' | 'silent' | 'notApplicable'
}

export interface Decision {
  decision: 'allowed' | 'explicitDeny' | 'implicitDeny'
  /** The policy type that AWS would name; null when allowed, or where AWS names none (credential-type limits). */
  policyType: PolicyType | null
  /** The statements that decided: the Deny, or the Allow(s). Empty for an implicit deny: it is an absence. */
  deciding: StatementVerdict[]
  layers: LayerVerdict[]
  /** false: no source decides which type AWS names here (see docs/policy-evaluation.md). */
  sure: boolean
}
