import { decide } from './decide.ts'
import type { Decision, PolicyType, StatementVerdict } from './decision.ts'
import { readRow } from './read-row.ts'

export interface RowDecision {
  id: string | number | null
  decision: Decision['decision']
  policyType: PolicyType | null
  /** The statements that decided. */
  statements: DecidingStatement[]
}

export type DecidingStatement = Pick<StatementVerdict, 'policyType' | 'policy' | 'index' | 'sid' | 'effect'>

/** The statements that decided, as answers print them. */
export const decidingStatements = ({ deciding }: Pick<Decision, 'deciding'>): DecidingStatement[] =>
  deciding.map(({ policyType, policy, index, sid, effect }) => ({
    policyType,
    policy,
    index,
    ...(sid === undefined ? {} : { sid }),
    effect,
  }))

/**
 * Decides one row, see readRow.
 * @throws PolicyError naming what is wrong with the row
 */
export function decideRow(row: unknown): RowDecision {
  const { id, request, policies } = readRow(row)
  const decision = decide(request, policies)
  return { id, decision: decision.decision, policyType: decision.policyType, statements: decidingStatements(decision) }
}
