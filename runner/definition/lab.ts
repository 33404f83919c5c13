import type { Expectation } from '../../assertions/index.ts'

/** Where a thing is written. `file` is absolute; line and column count from 1. */
export interface Place {
  file: string
  line: number
  column: number
}

/** A document field loaded from `{ file, answer }`: its text still holds templates. */
export interface FileDocument {
  readonly document: 'file'
  /** Absolute path. */
  file: string
  /** As written: `policies/trust.json`. */
  name: string
  text: string
  /** A participant may write this one. */
  answer: boolean
  /** true: a participant's own text, in which templates mean nothing. */
  verbatim?: boolean
}

/** A `{{...}}` as written, for checks and their places. */
export interface TemplateUse {
  /** With its braces. */
  text: string
  place: Place
  /** Id of the step that holds it; null: the lab's `env`. */
  step: string | null
}

export interface Step {
  id: string
  kind: string
  /** The kind's fields as written, checked by its schema, templates unresolved, documents loaded. */
  fields: unknown
  /** Name of the identity that makes the call; null: the caller. */
  as: string | null
  /** Later steps may say `as:` this name: the step's credentials. */
  identity: string | null
  /** Templates unresolved. */
  expectation: Expectation
  /** true: `allow`, `deny` or `error` is written. */
  probes: boolean
  /** Milliseconds; null: the default of labs.yaml. */
  within: number | null
  stays: number | null
  points: number
  /** Whether a participant sees the verdict; not written: shown. */
  visibility?: 'shown' | 'hidden' | 'after'
  hint: string | null
  /** Probes of earlier labs and steps of its own that this step overrides: `lab/step`. */
  supersedes: string[]
  place: Place
}

/** A lab that passed every check that needs no AWS. */
export interface Lab {
  id: string
  title: string
  description: string | null
  /** The document it comes from. */
  source: string | null
  needs: string[]
  names: Readonly<Record<string, string>>
  vars: Readonly<Record<string, unknown>>
  /** Variables for `lab sandbox exec`, templates of names and vars unresolved. */
  env: Readonly<Record<string, string>>
  /** In order; a group of several runs together (`parallel:`). */
  groups: readonly (readonly Step[])[]
  /** Points needed to pass; not written: none. */
  minimum?: number
  /** Every template of the lab and its documents; absent: to be found in the steps. */
  templates?: readonly TemplateUse[]
  file: string
  folder: string
}

export interface Timings {
  /** Milliseconds. */
  within: number
  stays: number
}

export interface Guard {
  accounts: string[]
  regions: string[]
  alias: string | null
}

/** Pages of labs.yaml. */
export interface PageEntry {
  /** Glob, from the catalogue's folder. */
  page: string
  /** null: not said. */
  needs: readonly string[] | null
  env: Readonly<Record<string, string>>
}

/** labs.yaml, checked. */
export interface Catalogue {
  /** null: the labs that ship with the package. */
  file: string | null
  folder: string
  /** Lab ids in the catalogue's order; each is the folder `labs/<id>`. */
  labs: string[]
  pages: PageEntry[]
  target: 'sandbox' | 'aws' | null
  region: string | null
  timings: Timings
  identities: Readonly<Record<string, { profile: string }>>
  guard: Guard
  created: { path: string; permissionsBoundary: string | null; tags: Readonly<Record<string, string>> }
}
