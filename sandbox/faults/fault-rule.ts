/** What can go wrong between a client and AWS. */
export type FaultKind =
  /** Refused for its rate: Throttling (IAM, STS), ThrottlingException (ECR), 400. */
  | 'throttle'
  /** 500: InternalFailure, ServerException of ECR. */
  | 'server-error'
  /** 503 ServiceUnavailable. */
  | 'unavailable'
  /** The connection is reset without an answer. */
  | 'reset'
  /** The answer breaks off in the middle. */
  | 'truncate'
  /** Only late. */
  | 'latency'

export interface FaultRule {
  kind: FaultKind
  /** `ecr:ListImages`, `iam:*`, `iam:Create*` or `*` (default); case counts. */
  operation?: string | undefined
  /** 0 to 1; default 1. */
  probability?: number | undefined
  /** Milliseconds to wait first; of `latency` the fault itself. */
  delay?: number | undefined
  /** Strikes at most so often. */
  times?: number | undefined
  /** Lets so many matching requests pass first. */
  after?: number | undefined
  /** `before` (default): the request has no effect. `after`: it takes effect, and only the answer is lost. */
  when?: 'before' | 'after' | undefined
}

export interface FaultOptions {
  rules: readonly FaultRule[]
  /** Of the probabilities. Default 1. */
  seed?: number | undefined
}
