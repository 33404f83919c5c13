import type { ContextValue } from './decision.ts'

/** What a request's condition keys may be, where they are not known. Names of keys in lower case. */
export interface NotKnown {
  has(lowerKey: string): boolean
  /** Keys of which it is known between which two values they lie, for conditions that ask for more or less. */
  readonly between: Readonly<Record<string, readonly [ContextValue, ContextValue]>>
}

/** Which way a statement is taken that turns on a key which is not known. */
export interface Assumption {
  readonly notKnown: NotKnown
  /** `deny`: a Deny matches and an Allow does not; `allow`: the other way round. All that can be lies between the two. */
  readonly lean: 'deny' | 'allow'
  /** Filled by every decision: the statements that turned on such keys, and on which. */
  readonly turnedOn: Map<object, Set<string>>
}
