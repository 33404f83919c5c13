import { statementPositions } from '../../../policy/index.ts'

/** Line of a statement's opening brace in a document's text. Positions stand behind the bracket or the statement before. */
export function statementLine(written: string, index: number): number {
  const start = statementPositions(written)[index]?.start
  if (!start) return 1
  const lines = written.split('\n')
  const before = lines.slice(0, start.line - 1).join('\n').length + (start.line > 1 ? 1 : 0)
  const offset = before + start.column - 1
  const brace = written[offset - 1] === '{' ? offset - 1 : written.indexOf('{', offset)
  return written.slice(0, brace).split('\n').length
}
