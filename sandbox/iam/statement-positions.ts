export interface Position {
  Line: number
  Column: number
}

export interface StatementPosition {
  StartPosition: Position
  EndPosition: Position
}

/** Offset just after the JSON value that begins at `start`. `text` is valid JSON. */
const endOfValue = (text: string, start: number): number => {
  let depth = 0
  for (let at = start; at < text.length; at++) {
    const sign = text[at]
    if (sign === '"') at = endOfString(text, at) - 1
    else if (sign === '{' || sign === '[') depth++
    else if (sign === '}' || sign === ']') depth--
    if (depth === 0) return at + 1
  }
  return text.length
}

const endOfString = (text: string, start: number): number => {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === '"') return at + 1
  }
  return text.length
}

const skip = (text: string, start: number, signs: RegExp): number => {
  let at = start
  while (at < text.length && signs.test(text[at] ?? '')) at++
  return at
}

/** Offset of the value of the policy's member `Statement`. */
const statementValue = (text: string): number | null => {
  let at = skip(text, text.indexOf('{') + 1, /[\s,]/)
  while (text[at] === '"') {
    const end = endOfString(text, at)
    const value = skip(text, end, /[\s:]/)
    if (text.slice(at, end) === '"Statement"') return value
    at = skip(text, text[value] === '"' ? endOfString(text, value) : endOfValue(text, value), /[\s,]/)
  }
  return null
}

/** Lines from 1; the column is the offset in the line plus 2: IAM says where its reader stands after the sign. */
const positionOf = (text: string, offset: number): Position => {
  const before = text.slice(0, offset)
  return { Line: before.split('\n').length, Column: offset - (before.lastIndexOf('\n') + 1) + 2 }
}

/**
 * Where each statement of a policy begins and ends, as the simulator says: from its `{`, or from the `[` before the first statement of a
 * list, to its `}` (recorded: `{` at 39 gives column 41; AdministratorAccess 3:17 to 8:6). Later statements begin where the one before
 * ended (unsure).
 */
export const statementPositions = (text: string): StatementPosition[] => {
  const value = statementValue(text)
  if (value === null) return []
  const isList = text[value] === '['
  const positions: StatementPosition[] = []
  let start = value
  let at = isList ? skip(text, value + 1, /\s/) : value
  while (text[at] === '{') {
    const last = endOfValue(text, at) - 1
    positions.push({ StartPosition: positionOf(text, start), EndPosition: positionOf(text, last) })
    if (!isList) break
    start = last
    at = skip(text, last + 1, /[\s,]/)
  }
  return positions
}
