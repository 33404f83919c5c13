import { escaped } from '../words/clean-text.ts'

/** Beyond it the table of common words grows too large for what a reader gains. */
const mostWords = 400

export interface Marked {
  expected: string
  actual: string
}

/** Two sentences as HTML, in each the words marked that the other does not have at that place. */
export function markedWords(expected: string, actual: string): Marked {
  const [left, right] = [wordsOf(expected), wordsOf(actual)]
  if (left.length > mostWords || right.length > mostWords)
    return { expected: escaped(expected), actual: escaped(actual) }
  const { inLeft, inRight } = commonWords(left, right)
  return { expected: marked(left, inLeft), actual: marked(right, inRight) }
}

/** A comma after a word makes it no other word. */
const same = (a = '', b = ''): boolean => a.replace(/[,:;.]$/, '') === b.replace(/[,:;.]$/, '')

const wordsOf = (text: string): string[] => text.split(/\s+/).filter(word => word !== '')

/** Which words belong to the longest common sequence. */
function commonWords(left: readonly string[], right: readonly string[]) {
  const lengths = Array.from({ length: left.length + 1 }, () => new Array<number>(right.length + 1).fill(0))
  const at = (i: number, j: number) => lengths[i]?.[j] ?? 0
  for (let i = left.length - 1; i >= 0; i -= 1) {
    const row = lengths[i] ?? []
    for (let j = right.length - 1; j >= 0; j -= 1)
      row[j] = same(left[i], right[j]) ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
  }
  const [inLeft, inRight] = [new Set<number>(), new Set<number>()]
  for (let i = 0, j = 0; i < left.length && j < right.length; ) {
    if (same(left[i], right[j])) {
      inLeft.add(i)
      inRight.add(j)
      i += 1
      j += 1
    } else if (at(i + 1, j) >= at(i, j + 1)) i += 1
    else j += 1
  }
  return { inLeft, inRight }
}

/** Neighbouring words that differ share one mark. */
const marked = (words: readonly string[], common: ReadonlySet<number>): string =>
  words
    .map((word, index) => (common.has(index) ? escaped(word) : `<mark>${escaped(word)}</mark>`))
    .join(' ')
    .replaceAll('</mark> <mark>', ' ')
