import type { PolicyType } from './decision.ts'
import type { Finding, Findings } from './findings.ts'

/**
 * The one place that holds the order in which AWS names a reason when several apply. The evaluation page lists explicit denies in this
 * order; that AWS names the first of them is sourced for SCPs alone (SimulatePrincipalPolicy: "the simulation ends").
 */
export const explicitOrder: readonly PolicyType[] = [
  'service control policy',
  'resource control policy',
  'resource-based',
  'role trust policy',
  'identity-based',
  'permissions boundary',
  'session policy',
  'VPC endpoint policy',
]

/** Missing allows: what stands first is named. The resource's side precedes the caller's where both must allow. */
const implicitOrder: readonly PolicyType[] = [
  'service control policy',
  'VPC endpoint policy',
  'role trust policy',
  'resource-based',
  'identity-based',
  'permissions boundary',
  'session policy',
]

export interface Named {
  readonly policyType: PolicyType
  readonly finding: Finding
  /** A source says so, or there is no choice. */
  readonly sure: boolean
}

const sureAmong = (named: PolicyType, count: number): boolean => count === 1 || named === 'service control policy'

/** The explicit deny that AWS names; null: there is none. */
export function nameExplicit(findings: Findings): Named | null {
  let named: PolicyType | null = null
  let count = 0
  for (const policyType of explicitOrder) {
    if (findings[policyType].denies.length === 0) continue
    named ??= policyType
    count += 1
  }
  return named && { policyType: named, finding: findings[named], sure: sureAmong(named, count) }
}

/** The missing allow that AWS names, of those that are missing; null: none is. */
export function nameImplicit(missing: readonly PolicyType[]): { policyType: PolicyType; sure: boolean } | null {
  const policyType = implicitOrder.find(one => missing.includes(one))
  return policyType === undefined ? null : { policyType, sure: sureAmong(policyType, missing.length) }
}
