/** A pattern as the literal pieces between its wildcards: `a*b` is `['a', 'b']`. */
export type Pieces = readonly string[]

/** Splits at every `*`. */
export const globPieces = (pattern: string): Pieces => pattern.split('*')

/** Whether the whole text is the pieces in order, with anything between them. Each piece is sought once, forward. */
export const matchesWhole = (pieces: Pieces, text: string): boolean => {
  const [first = '', ...rest] = pieces
  const last = rest.pop()
  if (last === undefined) return text === first
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false
  const end = text.length - last.length
  let at = first.length
  for (const piece of rest) {
    const found = text.indexOf(piece, at)
    if (found < 0 || found + piece.length > end) return false
    at = found + piece.length
  }
  return true
}

/** Whether the pieces occur in the text in order, with anything around and between them. */
export const occursIn = (pieces: Pieces, text: string): boolean => matchesWhole(['', ...pieces, ''], text)

/** Whether a value equals a pattern in which `*` stands for anything. */
export const globEquals = (pattern: string, value: string): boolean => matchesWhole(globPieces(pattern), value)
