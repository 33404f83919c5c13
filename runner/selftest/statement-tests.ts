import { statementsOf } from '../engine/why/statement-json.ts'
import type { Mutant } from './mutants.ts'
import type { PolicyDocument, Standing } from './policy-documents.ts'

/** What became of a change. */
export interface Change {
  change: Mutant['change']
  words: string
  /** The step that turned red; null: no check noticed. */
  noticedBy: string | null
}

/** A statement of a lab, and whether any check would miss it. */
export interface StatementTest {
  /** Absolute. */
  file: string
  line: number
  sid: string | null
  effect: string
  standing: Standing
  changes: Change[]
  /** true: some check turns red without it, and with its effect turned around. */
  exercised: boolean
}

/** The statements of documents with what became of their mutants. */
export function statementTests(
  documents: readonly PolicyDocument[],
  tried: readonly { mutant: Mutant; noticedBy: string | null }[],
): StatementTest[] {
  return documents.flatMap(document => {
    const own = tried.filter(({ mutant }) => mutant.document === document)
    return statementsOf(document.json).map((statement, index) => {
      const changes = own
        .filter(({ mutant }) => mutant.statement === null || mutant.statement === index)
        .map(({ mutant: { change, words }, noticedBy }) => ({ change, words, noticedBy }))
      const whole = changes.filter(({ change }) => change !== 'narrowed')
      return {
        file: document.file,
        line: document.lineOf(index),
        sid: typeof statement.Sid === 'string' ? statement.Sid : null,
        effect: String(statement.Effect),
        standing: document.standing,
        changes,
        exercised: isExercised(document.standing, whole),
      }
    })
  })
}

/** Of a document to be refused, one that AWS takes instead must be noticed; which kind of document it is shows by that. */
function isExercised(standing: Standing, changes: readonly Change[]): boolean {
  if (standing === 'not taken') return true
  if (standing === 'refused') return changes.some(({ noticedBy }) => noticedBy !== null)
  return changes.every(({ noticedBy }) => noticedBy !== null)
}
