import { ANY, type Matcher, ONE, type Piece } from './glob.ts'

/** `*` that does not reach over a `:`. */
export const WITHIN: unique symbol = Symbol('* within a part')
/** `?` that is no `:`. */
export const WITHIN_ONE: unique symbol = Symbol('? within a part')
export type SegmentPiece = Piece | typeof WITHIN | typeof WITHIN_ONE

type Token = string | typeof ANY | typeof ONE | typeof WITHIN | typeof WITHIN_ONE

const repeats = (token: Token | undefined): boolean => token === ANY || token === WITHIN

function accepts(token: Token | undefined, char: string): boolean {
  if (token === ANY || token === ONE) return true
  if (token === WITHIN || token === WITHIN_ONE) return char !== ':'
  return token === char
}

/** Steps over every `*` that may stand for nothing. */
function close(tokens: readonly Token[], states: Set<number>): Set<number> {
  for (const state of states) if (repeats(tokens[state])) states.add(state + 1)
  return states
}

/**
 * A glob whose wildcards may be bounded. Leftmost is not always right here, so all states are followed at once:
 * text length times pattern length, never more.
 */
export function compileSegmentGlob(pieces: readonly SegmentPiece[]): Matcher {
  const tokens: Token[] = pieces.flatMap((piece): Token[] => (typeof piece === 'string' ? [...piece] : [piece]))
  return {
    matches(text) {
      let states = close(tokens, new Set([0]))
      for (const char of text) {
        const next = new Set<number>()
        for (const state of states) {
          const token = tokens[state]
          if (token !== undefined && accepts(token, char)) next.add(repeats(token) ? state : state + 1)
        }
        if (next.size === 0) return false
        states = close(tokens, next)
      }
      return states.has(tokens.length)
    },
  }
}
