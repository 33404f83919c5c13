import { ANY, ONE, toPieces } from '../glob.ts'
import { piecesOfResource } from '../resource-pattern.ts'
import { type SegmentPiece, WITHIN, WITHIN_ONE } from '../segment-glob.ts'

type Token = string | typeof ANY | typeof ONE | typeof WITHIN | typeof WITHIN_ONE
/** A pattern as single characters and wildcards. */
export type Tokens = readonly Token[]
/** How entries of a list are read as patterns; null: by no means that would be known here (a policy variable). */
export type TokensOf = (entry: string) => Tokens | null

const tokensOf = (pieces: readonly SegmentPiece[]): Tokens =>
  pieces.flatMap((piece): Token[] => (typeof piece === 'string' ? [...piece] : [piece]))

/** A policy variable, or a character of two units, of which a `?` may take one. */
const isOpaque = (text: string): boolean => text.includes('${') || /[\ud800-\udfff]/.test(text)
/** Of more entries each is taken for itself: all pairs of them are compared. */
const most = 100

/** Of an entry of Action, NotAction or a StringLike, whose wildcards reach over everything. */
export const freeTokens: TokensOf = text => (isOpaque(text) ? null : tokensOf(toPieces(text)))

/** Of an entry of Resource or NotResource. A lone `*` is not one of them: it meets what no pattern does. */
export const resourceTokens: TokensOf = text => (isOpaque(text) ? null : tokensOf(piecesOfResource(text)))

const repeats = (token: Token | undefined): boolean => token === ANY || token === WITHIN

/** Is whatever one token of a pattern stands for taken by this one? */
function takes(wide: Token | undefined, narrow: Token): boolean {
  if (wide === ANY) return true
  if (wide === WITHIN) return narrow !== ':' && narrow !== ANY && narrow !== ONE
  // A run of characters is taken by a run alone.
  if (repeats(narrow)) return false
  if (wide === ONE) return true
  if (wide === WITHIN_ONE) return narrow !== ':' && narrow !== ONE
  return wide === narrow
}

/**
 * Does one pattern match all that another one matches? Read as the wide pattern's automaton run over the narrow one's tokens, each of which stands
 * for every text it may be: what it says yes to is so. It may say no where it would be so all the same.
 */
export function covers(wide: Tokens, narrow: Tokens): boolean {
  const closed = (states: Set<number>) => {
    for (const state of states) if (repeats(wide[state])) states.add(state + 1)
    return states
  }
  let states = closed(new Set([0]))
  for (const token of narrow) {
    const next = new Set<number>()
    for (const state of states)
      if (state < wide.length && takes(wide[state], token)) next.add(repeats(wide[state]) ? state : state + 1)
    if (next.size === 0) return false
    states = closed(next)
  }
  return states.has(wide.length)
}

/**
 * The entries of a list that no other entry covers. A list matches what any of its entries matches, under a negation (NotAction, StringNotLike) as well:
 * what is turned round there is the answer of the whole list. So it means the same without them.
 *
 * @param all an entry that matches everything there is, whatever the others are; null: there is none
 */
export function uncovered(entries: readonly string[], tokens: TokensOf, all: string | null): string[] {
  if (all !== null && entries.includes(all)) return [all]
  const single = [...new Set(entries)]
  if (single.length > most) return single
  const known = single.map(entry => ({ entry, pattern: tokens(entry) }))
  const left = known.filter(({ pattern }, index) => {
    if (pattern === null) return true
    return !known.some(({ pattern: wide }, other) => {
      if (wide === null || other === index || !covers(wide, pattern)) return false
      // Of two that match the same the first stays.
      return other < index || !covers(pattern, wide)
    })
  })
  return left.map(({ entry }) => entry)
}

/** Runs of wildcards in one order: `**` and `*?*` say no more than `*` and `?*`. */
const inOrder = (text: string): string =>
  text.replace(/[*?]{2,}/g, run => (run.includes('*') ? `${run.replaceAll('*', '')}*` : run))

/** An entry whose wildcards reach over everything, in the one form that all of the same meaning have. */
export const freeForm = (text: string): string => (isOpaque(text) ? text : inOrder(text))

/** The same of an ARN: in its first five parts a wildcard's place decides how far it reaches, so that `**` alone is folded there. */
export function arnForm(text: string): string {
  if (isOpaque(text)) return text
  const parts = text.split(':')
  const folded = parts.slice(0, 5).map(part => part.replace(/\*{2,}/g, '*'))
  return [...folded, ...(parts.length > 5 ? [inOrder(parts.slice(5).join(':'))] : [])].join(':')
}
