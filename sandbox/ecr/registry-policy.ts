import { validateRegistryPolicy } from '../../policy/index.ts'
import { AwsError } from '../errors.ts'
import { presentPrincipals, resolvePrincipals, UnknownPrincipal } from '../principals.ts'
import type { Store } from '../state/store.ts'
import { registryPolicies } from './entities.ts'
import { printPolicy } from './print-policy.ts'
import type { Scope } from './repository.ts'
import { invalidParameter, registryPolicyNotFound } from './repository-errors.ts'

/** The text to store; one sentence for every fault. */
export const resolveRegistryPolicy = (text: string, state: Store): string => {
  const finding = validateRegistryPolicy(text)
  if (finding !== null) throw new AwsError(finding.code, finding.status, finding.message)
  try {
    return resolvePrincipals(text, state)
  } catch (error) {
    if (error instanceof UnknownPrincipal) throw invalidParameter('PolicyText', 'Invalid registry policy provided')
    throw error
  }
}

/** Throws RegistryPolicyNotFoundException. */
export const registryPolicyOf = ({ state, caller, region }: Scope): string => {
  const text = state.get(registryPolicies, caller.accountId, region)
  if (text === undefined) throw registryPolicyNotFound(caller.accountId)
  return text
}

export const registryPolicyOutput = ({ state, caller }: Scope, text: string) => ({
  registryId: caller.accountId,
  policyText: printPolicy(presentPrincipals(text, state)),
})
