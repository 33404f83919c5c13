import type { PolicyType } from './outcome.ts'

/** `deny:` as a map: every field written must be met. `text` is AWS's sentence or a part of it, pasted. */
export interface DenyFields {
  action?: string | undefined
  principal?: string | undefined
  resource?: string | undefined
  code?: string | undefined
  decision?: 'implicitDeny' | 'explicitDeny' | undefined
  'policy-type'?: PolicyType | undefined
  text?: string | undefined
  /** Word for word: another wording fails. */
  sentence?: string | undefined
}

/** What a lab says must come of a step. Nothing written is `{ kind: 'allow', output: undefined }`. */
export type Expectation =
  | { kind: 'allow'; output: unknown }
  /** As text: AWS's sentence or a part of it, pasted; it is parsed, and every field it names must be met. */
  | { kind: 'deny'; deny: string | DenyFields }
  /** Any other AWS error. `message` may hold `*` as a wildcard. */
  | { kind: 'error'; code: string; message?: string | undefined }

/**
 * What is known of the step itself and is always checked against a denial.
 * `actions`: the actions that this step may be refused for (`ecr:ListImages`; push-image has five); empty when unknown (a `command`).
 * `principal`: the caller's ARN as AWS prints it, null when unknown.
 */
export interface StepFacts {
  actions: readonly string[]
  principal: string | null
}

/** One thing that had to hold, for the diff a person reads. */
export interface Difference {
  /** `outcome`, `action`, `policyType`, `output.imageIds[0].imageTag`, ... */
  field: string
  expected: string
  actual: string
}

export interface Verdict {
  passed: boolean
  /** `denied: implicitDeny, no identity-based policy allows ecr:ListImages`; `allowed`; `error MalformedPolicyDocument`. */
  expected: string
  /** `allowed, 1 image (v1)`; `denied, with an explicit deny in a resource-based policy`; `failed: ThrottlingException: Rate exceeded`. */
  actual: string
  differences: Difference[]
  /** Fields that were expected and that AWS's answer does not name (STS gives no reason): reported, not failed. */
  unproven: string[]
}
