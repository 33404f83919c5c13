import { type Grammar, meansTheSame, PolicyError, type PolicyType } from '../../../policy/index.ts'
import type { LabDocument } from './lab-documents.ts'
import { type StatementJson, statementsOf } from './statement-json.ts'
import { statementLine } from './statement-line.ts'

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

const lineOf = ({ written, line }: LabDocument, index: number): number =>
  written === null ? line : statementLine(written, index)

/** A policy as it hangs on something, for finding its document. */
export interface Hung {
  policyType: PolicyType
  /** Its name: `inline:registry-login`, `trust policy of reader`. */
  policy: string
  /** Name of the role or user that asks: inline policies of several may bear one name. */
  holder: string
}

/** Does the step make the policy: an inline one is made as `HOLDER NAME`. */
const makes = ({ makes: made }: LabDocument, { policy, holder }: Hung): boolean =>
  made !== null &&
  (policy.endsWith(` of ${made}`) || policy === made || `inline:${made.replace(`${holder} `, '')}` === policy)

/**
 * Finds the statement of a policy in the lab's own documents, by its meaning; of several alike that of the step which makes the policy.
 * null: the lab does not hold it, as when somebody has changed the policy since.
 */
export function placeStatement(
  documents: readonly LabDocument[],
  hung: Hung,
  statement: StatementJson,
): StatementPlace | null {
  const grammar = grammarOf(hung.policyType)
  const found = documents.flatMap(document =>
    statementsOf(document.text).flatMap((each, index) => (same(statement, each, grammar) ? [{ document, index }] : [])),
  )
  const best = found.find(({ document }) => makes(document, hung)) ?? found[0]
  return best ? { file: best.document.file, line: lineOf(best.document, best.index) } : null
}

/** The statement at a position of the policy that a step of the lab makes: for a policy that cannot be read any more. */
export function placeByPosition(
  documents: readonly LabDocument[],
  hung: Hung,
  index: number,
): { place: StatementPlace; statement: StatementJson } | null {
  const document = documents.find(each => makes(each, hung))
  const statement = document && statementsOf(document.text)[index]
  return document && statement ? { statement, place: { file: document.file, line: lineOf(document, index) } } : null
}

/** The file in which a policy is written as a whole, for a statement that it lacks: that of this text, or of the step that makes the policy. */
export function placePolicy(documents: readonly LabDocument[], hung: Hung, text: string | null): StatementPlace | null {
  const made = documents.filter(each => makes(each, hung))
  const document = made.find(each => each.text === text) ?? made[0] ?? documents.find(each => each.text === text)
  return document ? { file: document.file, line: document.written === null ? document.line : 1 } : null
}
