/** `*`: any run of characters. */
export const ANY: unique symbol = Symbol('*')
/** `?`: exactly one character. */
export const ONE: unique symbol = Symbol('?')
/** A pattern is literal text and wildcards; an escaped or substituted `*` is simply text. */
export type Piece = string | typeof ANY | typeof ONE

export interface Matcher {
  matches(text: string): boolean
}

/** Text between two `*`; `holes` are the positions of `?` in it. */
interface Fragment {
  readonly text: string
  readonly holes: ReadonlySet<number> | null
}

export function toPieces(text: string): Piece[] {
  if (!/[*?]/.test(text)) return [text]
  const pieces: Piece[] = []
  for (const part of text.split(/([*?])/)) {
    if (part === '*') pieces.push(ANY)
    else if (part === '?') pieces.push(ONE)
    else if (part !== '') pieces.push(part)
  }
  return pieces
}

function toFragments(pieces: readonly Piece[]): Fragment[] {
  const fragments: Fragment[] = []
  let text = ''
  let holes: Set<number> | null = null
  for (const piece of pieces) {
    if (piece === ANY) {
      fragments.push({ text, holes })
      text = ''
      holes = null
    } else if (piece === ONE) {
      holes ??= new Set()
      holes.add(text.length)
      text += '?'
    } else text += piece
  }
  fragments.push({ text, holes })
  return fragments
}

function standsAt({ text: wanted, holes }: Fragment, text: string, start: number): boolean {
  if (holes === null) return text.startsWith(wanted, start)
  for (let i = 0; i < wanted.length; i++) {
    if (!holes.has(i) && wanted.charCodeAt(i) !== text.charCodeAt(start + i)) return false
  }
  return start + wanted.length <= text.length
}

function find(fragment: Fragment, text: string, from: number, end: number): number {
  if (fragment.holes === null) {
    const at = text.indexOf(fragment.text, from)
    return at + fragment.text.length > end ? -1 : at
  }
  for (let at = from; at + fragment.text.length <= end; at++) if (standsAt(fragment, text, at)) return at
  return -1
}

/**
 * Case-sensitive glob over a whole text. Between two `*` the leftmost place is always a right one, so there is no backtracking:
 * the cost is linear in the text for any given pattern.
 */
export function compileGlob(pieces: readonly Piece[]): Matcher {
  const [only] = pieces
  if (pieces.length === 1 && typeof only === 'string') return { matches: text => text === only }
  const fragments = toFragments(pieces)
  const [first, ...rest] = fragments
  const last = rest.pop()
  if (first === undefined) return { matches: text => text === '' }
  if (last === undefined) {
    const exact = first.text
    if (first.holes === null) return { matches: text => text === exact }
    return { matches: text => text.length === exact.length && standsAt(first, text, 0) }
  }
  const middle = rest.filter(fragment => fragment.text !== '')
  if (middle.length === 0 && first.holes === null && last.text === '') {
    const prefix = first.text
    return prefix === '' ? { matches: () => true } : { matches: text => text.startsWith(prefix) }
  }
  const shortest = fragments.reduce((sum, fragment) => sum + fragment.text.length, 0)
  return {
    matches(text) {
      const end = text.length - last.text.length
      if (text.length < shortest || !standsAt(first, text, 0) || !standsAt(last, text, end)) return false
      let position = first.text.length
      for (const fragment of middle) {
        const at = find(fragment, text, position, end)
        if (at < 0) return false
        position = at + fragment.text.length
      }
      return true
    },
  }
}
