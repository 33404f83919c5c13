import type { AccessDecision, Difference, Outcome } from '../../assertions/index.ts'
import type { Aws, Credentials } from '../aws/door.ts'

/** A thing that a step makes or changes, as status and leftovers name it. */
export interface Resource {
  /** `role`, `policy`, `repository`, `repository policy`, `attachment`, `image`, `profile`. */
  type: string
  name: string
  arn: string | null
  /** true: a part of another thing (an attachment, an image): not counted by itself. */
  part: boolean
}

/** Credentials that a step made, with the session policies that bound them. */
export interface MadeIdentity {
  arn: string
  credentials: Credentials
  session?: SessionLimits | undefined
  /** Makes them again, of the same kind, when AWS says that they have expired. null: they cannot be had. */
  renew?: (() => Promise<Credentials | null>) | undefined
}

/** What a role session was made with. */
export interface SessionLimits {
  policy: string | null
  policyArns: readonly string[]
  /** Session tags. */
  tags?: Readonly<Record<string, string>> | undefined
}

/** What came of running a step. */
export interface Done {
  outcome: Outcome
  /** Kept in the journal for undo: ids, never secrets. */
  remember?: Record<string, unknown> | undefined
  /** Credentials that the step made, known to later steps by `identity:`. */
  identity?: MadeIdentity | undefined
  /** Short words for the line a person reads: `1 image`, `v1  sha256:9f2c41d0`. */
  detail?: string | undefined
  /** evaluated: a part of it was decided from the policies read, because the call would change something. Default: observed. */
  evidence?: 'observed' | 'evaluated' | undefined
  /** Where it asked several things of several identities: each decision. Default: what follows from the outcome. */
  decided?: readonly Decided[] | undefined
}

/** One decision of those that a step asked for. */
export interface Decided extends Pick<AccessDecision, 'identity' | 'action' | 'resource' | 'decision' | 'evidence'> {
  aws: Aws
}

/** What reading found of the state that a step leaves. */
export type Verification =
  | { state: 'present'; output: unknown; uniqueId?: string | null; tags?: Readonly<Record<string, string>> | null }
  | {
      state: 'differs'
      output: unknown
      differences: Difference[]
      uniqueId?: string | null
      tags?: Readonly<Record<string, string>> | null
    }
  | { state: 'absent'; outcome: Outcome }
  /** The read itself was refused or failed. */
  | { state: 'unread'; outcome: Outcome }

/** What the journal knows of a change that is to be undone. */
export interface ChangeRecord {
  runId: string
  resource: Resource
  /** What was there before, from `before()`. */
  before: Record<string, unknown> | null
  /** What the step remembered; null: the answer never came (a crash): ask AWS whether it happened. */
  remember: Record<string, unknown> | null
}

/**
 * gone: re-read, and it is not there (or restored as it was). foreign: there is one of that name, not ours: untouched, not a leftover.
 * left: it could not be removed.
 */
export type Undone =
  | { result: 'gone'; note?: string }
  | { result: 'foreign'; note: string }
  | { result: 'left'; outcome: Outcome; note?: string }

/** Note of a part that cannot be put back: only the end of what it hangs on takes it away. */
export const unknownBefore = 'what was there before could not be read, so it is not put back'
