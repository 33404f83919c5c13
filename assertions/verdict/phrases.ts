import type { Expectation } from '../expectation.ts'
import type { Denied, Outcome } from '../outcome.ts'
import type { ExpectedDenial } from './expected-denial.ts'
import { outputPhrase } from './output-phrase.ts'
import { reasonPhrase } from './reason-phrase.ts'
import { shown } from './subset.ts'

const longestMessage = 200

const short = (message: string) => {
  const folded = message.replace(/\s+/g, ' ').trim()
  return folded.length > longestMessage ? `${folded.slice(0, longestMessage)}…` : folded
}

const deniedPhrase = ({ denial, code, message }: Denied): string => {
  const reason = reasonPhrase(denial)
  if (reason !== null) return `denied, ${denial.decision === 'implicitDeny' ? `because ${reason}` : reason}`
  if (denial.action !== null) return `denied ${denial.action}, no reason given`
  return `denied: ${code}${message === '' ? '' : `: ${short(message)}`}`
}

/** What came of a step, in one line. */
export const actualPhrase = (outcome: Outcome): string => {
  if (outcome.outcome === 'denied') return deniedPhrase(outcome)
  if (outcome.outcome === 'failed')
    return `failed: ${outcome.code}${outcome.message === '' ? '' : `: ${short(outcome.message)}`}`
  const output = outputPhrase(outcome.output)
  return output === null ? 'allowed' : `allowed, ${output}`
}

/** What a `deny:` wants, in one line. */
export const expectedDenialPhrase = ({ fields, text }: ExpectedDenial, actions: readonly string[]): string => {
  const action = fields.action ?? actions[0] ?? null
  const reason = reasonPhrase({ ...fields, action })
  const subject = reason ?? action
  const head = fields.decision === null ? 'denied' : `denied: ${fields.decision}`
  if (subject !== null) return fields.decision === null ? `${head}: ${subject}` : `${head}, ${subject}`
  return text === null ? (fields.code === null ? head : `${head}: ${fields.code}`) : `${head}: ${short(text)}`
}

/** What an `allow:` or an `error:` wants, in one line. */
export const expectedPhrase = (expectation: Exclude<Expectation, { kind: 'deny' }>): string => {
  if (expectation.kind === 'error') return `error ${expectation.code}`
  return expectation.output === undefined ? 'allowed' : `allowed, with ${shown(expectation.output)}`
}
