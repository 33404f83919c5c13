import type { AccessDecision } from './access.ts'
import type { Denial } from './outcome.ts'

/**
 * passed, failed: the expectation held or did not. skipped: not run. blocked: the lab's own caller was refused what the lab needs, or an
 * organization's policy stood in the way. error: network, throttling, AWS unavailable, or not settled in time.
 */
export type StepStatus = 'passed' | 'failed' | 'skipped' | 'blocked' | 'error'

export interface StepReport {
  id: string
  kind: string
  title: string
  as: string | null
  status: StepStatus
  /** observed: AWS answered this very call. evaluated: decided from the policies read, because the call would change something. */
  evidence: 'observed' | 'evaluated'
  attempts: number
  /** ISO 8601: when it began; skipped: when it was passed over. */
  startedAt: string
  durationMs: number
  /** Of durationMs, until the first of the answers that then stayed: what a change took to spread. 0: the first answer stayed. */
  waitedMs: number
  file: string
  line: number
  expected: string
  actual: {
    outcome: 'allowed' | 'denied' | 'failed'
    code: string | null
    message: string | null
    httpStatus: number | null
    requestId: string | null
    denial: Denial | null
  } | null
  output: unknown
  /** What the answer says of who may do what; empty: nothing. */
  access: AccessDecision[]
  /** What it made or changed: `repository policy`, `team-a/alpine`; null: nothing. */
  changed: { type: string; name: string } | null
  diff: { field: string; expected: string; actual: string }[]
  hint: string | null
  /** null: not graded. */
  points: number | null
  maxPoints: number
  /** Whether a participant sees the verdict: never, or after the deadline; absent: always. */
  visibility?: 'hidden' | 'after'
}

export interface LabReport {
  id: string
  title: string
  /** passed | failed | skipped | blocked | error: the gravest of its steps. */
  status: StepStatus
  /** true: this lab was only needed by another; its steps are not graded here. */
  setUp: boolean
  points: number | null
  maxPoints: number
  /** Points needed to pass; absent: none are asked for. */
  minimum?: number
  steps: StepReport[]
}

export interface Leftover {
  type: string
  name: string
  arn: string | null
  runId: string
}

/** The one value all formats are made of, schemaVersion 1. Times are ISO 8601, durations milliseconds. */
export interface Report {
  schemaVersion: 1
  tool: { name: 'accesslab'; version: string }
  runId: string
  command: 'run' | 'verify'
  target: 'sandbox' | 'aws'
  accountId: string
  region: string
  startedAt: string
  durationMs: number
  exitCode: number
  labs: LabReport[]
  leftovers: Leftover[]
}
