import { type Fault, limitExceeded } from './fault.ts'

/** Quotas in characters without white space. Source: IAM quotas; GetAccountSummary. */
export const policyQuotas = { managed: 6144, trust: 2048, repository: 10240, registry: 10240, session: 2048 } as const
const inlineQuotas = { role: 10240, user: 2048, group: 5120 } as const

/** The size of a policy document as IAM counts it: characters without white space. */
export const policySize = (text: string): number => text.replace(/\s/g, '').length

/**
 * All inline policies of one role, user or group share a quota.
 * @param texts every inline policy, the new one included
 */
export function inlinePoliciesFault(
  kind: keyof typeof inlineQuotas,
  name: string,
  texts: readonly string[],
): Fault | null {
  const quota = inlineQuotas[kind]
  const total = texts.reduce((sum, text) => sum + policySize(text), 0)
  return total > quota ? limitExceeded(`Maximum policy size of ${quota} bytes exceeded for ${kind} ${name}`) : null
}
