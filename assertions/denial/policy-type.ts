import type { PolicyType } from '../outcome.ts'

/** AWS's words without their blanks, and the policy type they name. `sessions policy` is AWS's own spelling on one page. */
const spellings: readonly (readonly [string, PolicyType])[] = [
  ['identity-based', 'identity-based'],
  ['identitybased', 'identity-based'],
  ['resource-based', 'resource-based'],
  ['resourcebased', 'resource-based'],
  ['network-based', 'network-based'],
  ['service-based', 'service-based'],
  ['permissionsboundary', 'permissions boundary'],
  ['permissionboundary', 'permissions boundary'],
  ['sessionpolicy', 'session policy'],
  ['sessionspolicy', 'session policy'],
  ['servicecontrolpolicy', 'service control policy'],
  ['resourcecontrolpolicy', 'resource control policy'],
  ['vpcendpointpolicy', 'VPC endpoint policy'],
  ['roletrustpolicy', 'role trust policy'],
]

/** The policy type named at `from` in squeezed lower-case text, and where its words end (`policy` included). */
export const readPolicyType = (lower: string, from: number): { type: PolicyType; end: number } | null => {
  const found = spellings.find(([words]) => lower.startsWith(words, from))
  if (found === undefined) return null
  const end = from + found[0].length
  return { type: found[1], end: lower.startsWith('policy', end) ? end + 'policy'.length : end }
}
