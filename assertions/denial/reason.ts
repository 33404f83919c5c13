import type { Denial, PolicyType } from '../outcome.ts'
import { asAction } from './action.ts'
import { readPolicyArn } from './policy-arn.ts'
import { readPolicyType } from './policy-type.ts'
import type { Region } from './span.ts'
import { gapAt, none } from './squeeze.ts'

/** The clause that says why, and `end`, where it ends. */
export interface Reason extends Pick<Denial, 'decision' | 'policyType' | 'policyArn'> {
  /** The action that an implicit deny repeats. */
  action: string | null
  end: number
}

const implicit = 'becauseno'
const explicit = 'withanexplicitdeny'
/** How an older IAM page words an implicit deny of a trust policy; it reads as its own opposite. */
const trustSlip = 'becausetheroletrustpolicyallows'
const articles = ['ina', 'inan', 'inthe']
const longestAction = 160

const nothing = (end: number): Reason => ({ decision: null, policyType: null, policyArn: null, action: null, end })

/** `the ecr:ListImages action` behind `allows`. */
const readRepeatedAction = (region: Region, from: number): { action: string | null; end: number } => {
  const { squeezed } = region
  if (!squeezed.lower.startsWith('the', from)) return { action: null, end: from }
  const start = from + 'the'.length
  const last = Math.min(region.limit, start + longestAction)
  for (let index = start + 1; index < last; index++) {
    const closes = gapAt(squeezed, index) !== none && squeezed.lower.startsWith('action', index)
    if (closes) return { action: asAction(squeezed.text.slice(start, index)), end: index + 'action'.length }
  }
  return { action: null, end: from }
}

const implicitDeny = (region: Region, policyType: PolicyType | null, allows: number): Reason => {
  const verb = region.squeezed.lower.startsWith('allows', allows) ? 'allows' : 'allow'
  const { action, end } = readRepeatedAction(region, Math.min(region.limit, allows + verb.length))
  return { decision: 'implicitDeny', policyType, policyArn: null, action, end }
}

const readImplicit = (region: Region, from: number): Reason => {
  const { squeezed, limit, cut } = region
  const found = readPolicyType(squeezed.lower, from)
  if (found !== null && found.end <= limit) {
    if (squeezed.lower.startsWith('allow', found.end)) return implicitDeny(region, found.type, found.end)
    const isCut = cut && 'policyallowsthe'.includes(squeezed.lower.slice(found.end, limit))
    return isCut ? { ...nothing(found.end), decision: 'implicitDeny', policyType: found.type } : nothing(found.end)
  }
  // A policy type that AWS may name one day: the decision is clear, the type is not ours to guess.
  const ahead = squeezed.lower.slice(from, Math.min(limit, from + 60))
  const allows = ahead.indexOf('policyallowsthe')
  return allows < 0 ? nothing(from) : implicitDeny(region, null, from + allows + 'policy'.length)
}

const readExplicit = (region: Region, from: number): Reason => {
  const { lower } = region.squeezed
  for (const article of articles) {
    const found = lower.startsWith(article, from) ? readPolicyType(lower, from + article.length) : null
    if (found === null || found.end > region.limit) continue
    const { arn, end } = readPolicyArn(region, found.end)
    return { decision: 'explicitDeny', policyType: found.type, policyArn: arn, action: null, end }
  }
  return { ...nothing(from), decision: 'explicitDeny' }
}

/**
 * Reads `because no ... policy allows the ... action` or `with an explicit deny in ...` at `from`.
 * Other clauses (KMS names three possible causes, S3 its Block Public Access settings) name no decision and yield none.
 */
export const readReason = (region: Region, from: number): Reason => {
  const { lower } = region.squeezed
  if (from >= region.limit) return nothing(from)
  if (lower.startsWith(implicit, from)) return readImplicit(region, from + implicit.length)
  if (lower.startsWith(explicit, from)) return readExplicit(region, from + explicit.length)
  return lower.startsWith(trustSlip, from)
    ? implicitDeny(region, 'role trust policy', from + trustSlip.length - 'allows'.length)
    : nothing(from)
}
