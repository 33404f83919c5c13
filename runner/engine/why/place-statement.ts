import { type Grammar, meansTheSame, PolicyError, type PolicyType, statementPositions } from '../../../policy/index.ts'
import type { LabDocument } from './lab-documents.ts'
import { type StatementJson, statementsOf } from './statement-json.ts'

/** Where a statement is written, for a person to open. */
export interface StatementPlace {
  file: string
  line: number
}

const grammarOf = (type: PolicyType): Grammar =>
  type === 'role trust policy' ? 'trust' : type === 'resource-based' ? 'repository' : 'identity'

function same(a: StatementJson, b: StatementJson, grammar: Grammar): boolean {
  const document = (Statement: StatementJson) => ({ Version: '2012-10-17', Statement: [Statement] })
  try {
    return meansTheSame(document(a), document(b), grammar).same
  } catch (error) {
    if (error instanceof PolicyError) return false
    throw error
  }
}

/** Line of the statement's opening brace. Positions stand behind the bracket or the statement before. */
function lineOf({ written, line }: LabDocument, index: number): number {
  if (written === null) return line
  const start = statementPositions(written)[index]?.start
  if (!start) return 1
  const lines = written.split('\n')
  const before = lines.slice(0, start.line - 1).join('\n').length + (start.line > 1 ? 1 : 0)
  const offset = before + start.column - 1
  const brace = written[offset - 1] === '{' ? offset - 1 : written.indexOf('{', offset)
  return written.slice(0, brace).split('\n').length
}

/** Does the step make the policy of this name: `inline:registry-login` is `user registry-login`. */
const makes = ({ makes: made }: LabDocument, policy: string): boolean =>
  made !== null && (policy.endsWith(` ${made}`) || policy === made || `inline:${made.split(' ').at(-1)}` === policy)

/**
 * Finds the statement of a policy in the lab's own documents, by its meaning; of several alike that of the step which makes the policy.
 * null: the lab does not hold it, as when somebody has changed the policy since.
 */
export function placeStatement(
  documents: readonly LabDocument[],
  type: PolicyType,
  policy: string,
  statement: StatementJson,
): StatementPlace | null {
  const grammar = grammarOf(type)
  const found = documents.flatMap(document =>
    statementsOf(document.text).flatMap((each, index) => (same(statement, each, grammar) ? [{ document, index }] : [])),
  )
  const best = found.find(({ document }) => makes(document, policy)) ?? found[0]
  return best ? { file: best.document.file, line: lineOf(best.document, best.index) } : null
}

/** The file in which a policy is written as a whole: for a statement that it lacks. */
export const placePolicy = (documents: readonly LabDocument[], policy: string): StatementPlace | null => {
  const document = documents.find(each => makes(each, policy))
  return document ? { file: document.file, line: document.written === null ? document.line : 1 } : null
}
