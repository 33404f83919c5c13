import type { Denial } from '../outcome.ts'

/** What a text is when it only looks like a denial: AWS's code where the text has one, and what it means. */
export interface NearMiss {
  code: string | null
  /** Plain words, lower case: `the credentials have expired`. */
  meaning: string
}

/** A denial as read from a text, with its place in it. Every field is null where the text does not name it. */
export interface ParsedDenial extends Denial {
  isDenial: boolean
  /** What the text is instead; null exactly when `isDenial` is true. */
  notDenial: NearMiss | null
  /** Offsets in the text as it was given: of the sentence where there is one, else of the code. `end` is exclusive. */
  start: number
  end: number
  requestId: string | null
  /** IAM appends it since 2026 to refusals it can explain (`GetRequestAuthorizationDetails`). */
  authorizationId: string | null
  /** EC2's `Encoded authorization failure message:` follows; `sts:DecodeAuthorizationMessage` opens it. */
  encodedMessage: boolean
}
