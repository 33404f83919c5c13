/** A position in a text, line and column counted from 1 (column in UTF-16 units, as editors count). */
export interface TextPosition {
  line: number
  column: number
}

/** Turns offsets of a text into positions. CRLF counts as one line end. */
export function positionsIn(text: string): (offset: number) => TextPosition {
  const starts = [0]
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return offset => {
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      if ((starts[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 }
  }
}
