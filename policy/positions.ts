import { readJson } from './json.ts'

/** Line and column from 1. */
export interface Position {
  line: number
  column: number
}

/** Where a statement stands in the document's text. */
export interface StatementPosition {
  start: Position
  end: Position
}

interface Token {
  readonly text: string
  /** Offset behind the token. */
  readonly end: number
  readonly depth: number
}

/** Strings and punctuation of a JSON text with their nesting; numbers and words are passed over. */
function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  let depth = 0
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]:,]/gs)) {
    if (token === '}' || token === ']') depth -= 1
    tokens.push({ text: token, end: index + token.length, depth })
    if (token === '{' || token === '[') depth += 1
  }
  return tokens
}

function positionOf(text: string, offset: number): Position {
  const before = text.slice(0, offset)
  const lineStart = before.lastIndexOf('\n') + 1
  return { line: before.split('\n').length, column: offset - lineStart + 1 }
}

const isStatementKey = (tokens: readonly Token[], index: number): boolean => {
  const token = tokens[index]
  return token?.depth === 1 && tokens[index + 1]?.text === ':' && JSON.parse(token.text) === 'Statement'
}

/**
 * Start and end of each statement, in their order, as MatchedStatement carries them: where AWS's reader stands, so behind the `{` of a single
 * statement, behind the `[` of a list, and (unsure) behind the statement before; the end is behind the `}`. Source: recorded SimulateCustomPolicy
 * (`{` at offset 39, `}` at 111 of one line: columns 41 to 113) and SimulatePrincipalPolicy (AdministratorAccess: 3:17 to 8:6).
 * @throws PolicyError `NotJson`
 */
export function statementPositions(text: string): StatementPosition[] {
  readJson(text)
  const tokens = tokensOf(text)
  const key = tokens.findLastIndex((token, index) => token.text.startsWith('"') && isStatementKey(tokens, index))
  const open = tokens[key + 2]
  if (key < 0 || open === undefined) return []
  const depth = open.text === '[' ? 2 : 1
  const positions: StatementPosition[] = []
  let start = open.end
  for (const token of tokens.slice(key + 3)) {
    if (token.depth === depth && token.text === '}') {
      positions.push({ start: positionOf(text, start), end: positionOf(text, token.end) })
      start = token.end
    }
    if (token.depth < depth || (depth === 1 && token.text === '}' && token.depth === 1)) break
  }
  return positions
}
