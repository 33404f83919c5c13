import { validateRepositoryPolicy } from '../../policy/index.ts'
import { AwsError } from '../errors.ts'
import { presentPrincipals, resolvePrincipals, UnknownPrincipal } from '../principals.ts'
import type { Store } from '../state/store.ts'
import type { Repository } from './entities.ts'
import { printPolicy } from './print-policy.ts'
import { namesOf } from './repository.ts'
import { invalidParameter } from './repository-errors.ts'

/** The text to store, role and user principals resolved to unique ids. ECR has one sentence for every fault of a policy. */
export const resolveRepositoryPolicy = (text: string, state: Store): string => {
  const finding = validateRepositoryPolicy(text)
  if (finding !== null) throw new AwsError(finding.code, finding.status, finding.message)
  try {
    return resolvePrincipals(text, state)
  } catch (error) {
    if (error instanceof UnknownPrincipal) throw invalidParameter('PolicyText', 'Invalid repository policy provided')
    throw error
  }
}

/** Set, Get and Delete answer alike. */
export const policyOutput = (repository: Repository, text: string, state: Store) => ({
  ...namesOf(repository),
  policyText: printPolicy(presentPrincipals(text, state)),
})
