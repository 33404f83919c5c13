import { sameCode } from './codes.ts'
import type { Difference, Expectation, StepFacts, Verdict } from './expectation.ts'
import type { Outcome } from './outcome.ts'
import { expectedDenial } from './verdict/expected-denial.ts'
import { globEquals } from './verdict/glob.ts'
import { judgeDeny } from './verdict/judge-deny.ts'
import { actualPhrase, expectedPhrase } from './verdict/phrases.ts'
import { subsetDifferences } from './verdict/subset.ts'

const allowDifferences = (output: unknown, outcome: Outcome): Difference[] => {
  if (outcome.outcome !== 'allowed') return [{ field: 'outcome', expected: 'allowed', actual: outcome.outcome }]
  return output === undefined ? [] : subsetDifferences(output, outcome.output, 'output')
}

const fold = (text: string) => text.replace(/\s+/g, ' ').trim()

const errorDifferences = (code: string, message: string | undefined, outcome: Outcome): Difference[] => {
  if (outcome.outcome === 'allowed') return [{ field: 'outcome', expected: `error ${code}`, actual: 'allowed' }]
  const differences: Difference[] = []
  if (!sameCode(code, outcome.code)) differences.push({ field: 'code', expected: code, actual: outcome.code })
  if (message !== undefined && !globEquals(fold(message), fold(outcome.message))) {
    differences.push({ field: 'message', expected: message, actual: outcome.message })
  }
  return differences
}

/**
 * Judges what came of a step by what the lab says of it.
 * A `deny:` passes only for a refusal of one of `facts.actions` to `facts.principal`, wherever AWS's answer names them;
 * what the lab asks for and the answer does not name is `unproven`, which does not fail.
 */
export const judge = (expectation: Expectation, outcome: Outcome, facts: StepFacts): Verdict => {
  if (expectation.kind === 'deny') return judgeDeny(expectedDenial(expectation.deny), outcome, facts)
  const differences =
    expectation.kind === 'allow'
      ? allowDifferences(expectation.output, outcome)
      : errorDifferences(expectation.code, expectation.message, outcome)
  const phrases = { expected: expectedPhrase(expectation), actual: actualPhrase(outcome) }
  return { passed: differences.length === 0, ...phrases, differences, unproven: [] }
}
