import type { Place } from '../definition/index.ts'

/** error: the lab cannot do what it says. warning: it will mislead somebody, or break some day. note: it could be better. */
export type Severity = 'error' | 'warning' | 'note'

/** A replacement in a file: UTF-16 offsets of its text, the end exclusive. */
export interface Edit {
  file: string
  start: number
  end: number
  text: string
}

/** What a rule found: what is there, what was expected, one thing to do. */
export interface Found {
  place: Place
  message: string
  hint: string | null
  /** Edits that mend it and nothing else; absent: only a person can. */
  fix?: readonly Edit[]
  /** Of a finding in a document: where the lab names the document. A comment there speaks for the document, which can hold none. */
  named?: Place
}

export interface Finding extends Found {
  /** Id of the rule: `docs/rules/<rule>.md`. */
  rule: string
  severity: Severity
}
