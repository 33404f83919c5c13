import type { Denial } from '../outcome.ts'
import { reasonPhrase } from '../verdict/reason-phrase.ts'
import { policyInWords, principalInWords, resourceInWords } from './arn-in-words.ts'
import { advice } from './policy-type-advice.ts'
import { type UnreasonedAdvice, unreasonedAdvice } from './unreasoned-advice.ts'

/** A denial in plain words; each of `who` to `why` is one sentence or null where AWS does not say. */
export interface Explanation {
  /** Always three, for reading one after the other: who, what on which resource, refused by which layer and why. */
  sentences: readonly [string, string, string]
  who: string | null
  what: string | null
  which: string | null
  why: string
  /** What to look at, in this order. */
  next: readonly string[]
  /** AWS's page about it. */
  page: string
}

const sentence = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`

const unreasoned = (denial: Denial): Omit<UnreasonedAdvice, 'fits'> => {
  const row = unreasonedAdvice.find(({ fits }) => fits(denial))
  if (row === undefined) throw new Error('the last row of advice fits every denial')
  return row
}

const reasoned = (denial: Denial): Omit<UnreasonedAdvice, 'fits'> => {
  const { decision, policyType, policyArn } = denial
  if (policyType === null || decision === null) return unreasoned(denial)
  const { implicit, explicit, whenImplicit, whenExplicit, page } = advice[policyType]
  if (decision === 'implicitDeny') return { why: `it was refused because ${implicit}`, next: whenImplicit, page }
  const policy =
    policyArn === null ? [] : [`Open the policy \`${policyInWords(policyArn)}\`, which AWS names: ${policyArn}`]
  return { why: `it was refused because ${explicit}`, next: [...policy, ...whenExplicit], page }
}

const request = (asked: string | null, resource: string | null): string => {
  if (asked === null && resource === null) return 'it does not say what was asked for, nor on which resource'
  if (asked === null) return `it was about ${resourceInWords(resource ?? '')}; the action is not named`
  if (resource === null) return `it asked for \`${asked}\`; on which resource, the message does not say`
  return `it asked for \`${asked}\` on ${resourceInWords(resource)}`
}

/**
 * Explains a denial to somebody who sees one for the first time: who asked, for what, on which resource, why it was refused,
 * and what to look at next. ARNs are shortened for reading.
 */
export const explainDenial = (denial: Denial): Explanation => {
  const { principal, action, operation, resource } = denial
  const { why, next, page } = reasoned(denial)
  const asked = action ?? operation
  const who = principal === null ? null : sentence(`the call was made by ${principalInWords(principal)}`)
  return {
    sentences: [
      who ?? 'The message does not say who made the call.',
      sentence(request(asked, resource)),
      sentence(why),
    ],
    who,
    what: asked === null ? null : sentence(`it asked for \`${asked}\``),
    which: resource === null ? null : sentence(`it was about ${resourceInWords(resource)}`),
    why: sentence(why),
    next,
    page,
  }
}

/** A denial in one line: `reader/Practice may not ecr:ListImages on team-b/alpine: no identity-based policy allows ecr:ListImages`. */
export const summarise = (denial: Denial): string => {
  const { principal, action, operation, resource } = denial
  const who = principal === null ? 'the caller' : principalInWords(principal)
  const where = resource === null || resource === '*' ? '' : ` on ${resourceInWords(resource)}`
  const reason = reasonPhrase(denial) ?? 'AWS gives no reason'
  return `${who} may not ${action ?? operation ?? 'do this'}${where}: ${reason}`
}
