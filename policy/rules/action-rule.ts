import type { Subject } from '../statement.ts'

/**
 * What is particular to one action.
 * `trust`: the role's trust policy speaks, as a `gate` that nobody passes unnamed, as a gate for `chained` or foreign callers only, or `alone`.
 */
export interface ActionRule {
  readonly trust?: 'gate' | 'chained' | 'alone'
  /** No resource-based policy can grant it. */
  readonly identityOnly?: boolean
  /** Allowed whatever the policies say. */
  readonly always?: (subject: Subject) => boolean
}
