import type { Found, Severity } from './finding.ts'

/** Files by name. A text alone is the lab's `lab.yaml`; without an `id:` of its own, what `example-lab.ts` puts before it stands before it. */
export type ExampleFiles = string | Readonly<Record<string, string>>

/** What a person reads of a rule: `docs/rules/<id>.md` is made from it. */
export interface RuleFacts {
  /** Lower-case words and hyphens; never changed, since comments in labs name it. */
  id: string
  severity: Severity
  /** One sentence without a full stop: the mistake. */
  summary: string
  /** What comes of it. */
  why: string
  /** An example with the mistake, and the same without it: tests check both. */
  wrong: ExampleFiles
  right: ExampleFiles
  /** Text of the wrong example at which the finding stands. */
  at: string
  /** true: `lab check --fix` mends it. */
  fixable?: boolean
}

/** A rule is one file: what it is about, and how it is found in a subject. */
export interface Rule<Subject> extends RuleFacts {
  check(subject: Subject): Found[]
}
