import { isDenialCode, sameCode } from '../codes.ts'
import { nearMissIn } from '../denial/near-misses.ts'
import { parseDenial } from '../denial/parse-denial.ts'
import { squeeze } from '../denial/squeeze.ts'
import type { Difference, StepFacts, Verdict } from '../expectation.ts'
import type { Denied, Outcome } from '../outcome.ts'
import type { ExpectedDenial, Same } from './expected-denial.ts'
import { occursIn } from './glob.ts'
import { actualPhrase, expectedDenialPhrase } from './phrases.ts'

interface Check {
  field: string
  expected: string | null
  actual: string | null
  same: Same
}

/** IAM compares actions without regard to case; SQS and SNS print them in a case of their own. */
const sameAction: Same = (expected, actual) => expected.toLowerCase() === actual.toLowerCase()
const equal: Same = (expected, actual) => expected === actual

/** The registry says `denied` for what the API calls AccessDeniedException. */
const sameDenialCode: Same = (expected, actual) =>
  sameCode(expected, actual) || (expected.toLowerCase() === 'denied' && isDenialCode(actual))

const checksOf = ({ fields, same }: ExpectedDenial, outcome: Denied, facts: StepFacts): Check[] => {
  const { denial } = outcome
  return [
    { field: 'code', expected: fields.code, actual: outcome.code, same: sameDenialCode },
    { field: 'operation', expected: fields.operation, actual: denial.operation, same: equal },
    { field: 'action', expected: fields.action, actual: denial.action, same: sameAction },
    { field: 'principal', expected: fields.principal, actual: denial.principal, same },
    { field: 'principal', expected: facts.principal, actual: denial.principal, same: equal },
    { field: 'resource', expected: fields.resource, actual: denial.resource, same },
    { field: 'decision', expected: fields.decision, actual: denial.decision, same: equal },
    { field: 'policyType', expected: fields.policyType, actual: denial.policyType, same: equal },
  ]
}

const stepAction = (facts: StepFacts, actual: string | null): Check[] => {
  if (facts.actions.length === 0) return []
  const same: Same = (_, value) => facts.actions.some(action => sameAction(action, value))
  return [{ field: 'action', expected: facts.actions.join(' or '), actual, same }]
}

const textDifferences = ({ text, pieces }: ExpectedDenial, { message }: Denied): Difference[] => {
  if (text === null || (pieces.length > 0 && occursIn(pieces, squeeze(message).text))) return []
  return [{ field: 'text', expected: text, actual: message }]
}

/** Why an answer that came as a denial is none, or null when it is one. */
const notADenial = ({ code, message, denial }: Denied): string | null => {
  if (!isDenialCode(code)) return `${code}, which is no code of denial`
  if (denial.action !== null) return null
  const miss = nearMissIn(squeeze(message).lower)
  return miss === null || parseDenial(message).isDenial ? null : `${code}, but ${miss.meaning}`
}

/** The same field asked twice with the same answer (by the lab and by the step itself) is told once. */
const once = (differences: Difference[]): Difference[] =>
  differences.filter(
    ({ field, expected }, index) =>
      differences.findIndex(other => other.field === field && other.expected === expected) === index,
  )

/** Judges an outcome by a `deny:`. Whatever is not AWS's refusal of this very step fails. */
export const judgeDeny = (expected: ExpectedDenial, outcome: Outcome, facts: StepFacts): Verdict => {
  const phrases = { expected: expectedDenialPhrase(expected, facts.actions), actual: actualPhrase(outcome) }
  const refusal = outcome.outcome === 'denied' ? notADenial(outcome) : outcome.outcome
  if (outcome.outcome !== 'denied' || refusal !== null) {
    const difference = { field: 'outcome', expected: 'denied', actual: refusal ?? outcome.outcome }
    return { passed: false, ...phrases, differences: [difference], unproven: [] }
  }
  const checks = [...checksOf(expected, outcome, facts), ...stepAction(facts, outcome.denial.action)]
  const differences: Difference[] = []
  const unproven = new Set<string>()
  for (const { field, expected: wanted, actual, same } of checks) {
    if (wanted === null) continue
    if (actual === null) unproven.add(field)
    else if (!same(wanted, actual)) differences.push({ field, expected: wanted, actual })
  }
  const all = once([...differences, ...textDifferences(expected, outcome)])
  return { passed: all.length === 0, ...phrases, differences: all, unproven: [...unproven] }
}
