/** Line numbers, from 1, of ascending offsets in a text, in one pass over it. */
export function lineNumbers(text: string, offsets: readonly number[]): number[] {
  let line = 1
  let next = text.indexOf('\n')
  return offsets.map(offset => {
    while (next >= 0 && next < offset) {
      line += 1
      next = text.indexOf('\n', next + 1)
    }
    return line
  })
}
