const candidates = ['//', '#', '>', '|']

/** The comment or quote leader with which every written line of the text begins, or null. */
export const commonLeader = (text: string): string | null => {
  const lines = text.split('\n').map(line => line.trimStart())
  const written = lines.filter(line => line !== '')
  const [first] = written
  if (first === undefined || written.length < 2) return null
  return candidates.find(leader => written.every(line => line.startsWith(leader))) ?? null
}

/** Box-drawing characters frame lines; they are as good as blanks. */
const isBlank = (char = '') => char === ' ' || char === '\t' || (char >= '\u2500' && char <= '\u257f')
const endsLeader = (char: string | undefined) => char === undefined || isBlank(char) || char === '\n' || char === '\r'

/**
 * Where the text of a line begins after its leaders (`// `, `### `, `> `, `| `).
 * Within a placeholder that is not closed yet (`isOpen`) a `>` may be its end and is left alone.
 * A leader without a blank behind it counts only when all lines have it: `<ACCOUNT⏎>:user` is a wrapped placeholder.
 */
export const skipLeaders = (text: string, from: number, common: string | null, isOpen: boolean): number => {
  let at = from
  while (isBlank(text[at])) at++
  if (common !== null && text.startsWith(common, at)) at += common.length
  for (;;) {
    while (isBlank(text[at])) at++
    let end = at
    const char = text[at]
    if (char === '#' || (char === '>' && !isOpen) || char === '/' || char === '|' || char === '▸')
      while (text[end] === char) end++
    const isLeader = end > at && endsLeader(text[end]) && (char !== '/' || end - at >= 2)
    if (!isLeader) return at
    at = end
  }
}
