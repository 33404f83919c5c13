import type { PolicyType, StatementVerdict } from '../../../policy/index.ts'
import type { DocumentEdit, Edit } from './edit.ts'
import type { StatementPlace } from './place-statement.ts'
import type { StatementJson } from './statement-json.ts'

/** A statement with its place in the lab's files. */
export interface PlacedStatement extends Omit<StatementVerdict, 'matched'> {
  /** As it stands in the account; null where it could not be read. */
  statement: StatementJson | null
  /** null: none of the lab's documents holds it. */
  place: StatementPlace | null
}

/** What a layer says; `notRead`: it cannot be read with the permissions of an account. */
export interface LayerSaying {
  policyType: PolicyType
  verdict: 'allows' | 'denies' | 'silent' | 'notApplicable' | 'notRead'
}

export interface WhyCheck {
  action: string
  /** ARN, or `*`. */
  resource: string
  decision: 'allowed' | 'explicitDeny' | 'implicitDeny'
  policyType: PolicyType | null
}

export interface PlacedEdit {
  edit: Edit
  /** The statement, or the policy it is to be put into. */
  place: StatementPlace | null
}

export type PlacedChange =
  | { edits: PlacedEdit[]; turns: 'allowed' | 'denied'; because: null }
  | { edits: null; turns: null; because: string }

/** Why a step had its outcome. */
export interface Why {
  runId: string
  lab: string
  step: string
  kind: string
  title: string
  as: string | null
  file: string
  line: number
  outcome: 'allowed' | 'denied' | 'failed'
  code: string | null
  message: string | null
  /** ARN of the caller; null where it is not known. */
  principal: string | null
  /** The check that decided: the one refused, else the last; null where no policy decided. */
  check: WhyCheck | null
  /** recorded: the sandbox's own decision. evaluated: decided here from the policies read. answer: what AWS's sentence says, no more. */
  source: 'recorded' | 'evaluated' | 'answer' | null
  /** Empty for an implicit deny: it is an absence. */
  deciding: PlacedStatement[]
  /** In the order in which AWS looks at them; empty where nothing could be read. */
  layers: LayerSaying[]
  /** Of an implicit deny: Allows of the layer that lacks one, with what keeps them from matching, nearest first. */
  nearest: PlacedStatement[]
  change: PlacedChange | null
  /** What could not be read, and what has changed since. */
  notes: string[]
}

export type { DocumentEdit, Edit }
