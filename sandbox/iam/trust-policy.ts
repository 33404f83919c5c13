import { validateTrustPolicy } from '../../policy/index.ts'
import { AwsError } from '../errors.ts'
import { resolvePrincipals, UnknownPrincipal } from '../principals.ts'
import type { Store } from '../state/store.ts'
import { refuse } from './refuse.ts'

/** The text to store: checked, its role and user principals resolved to unique ids. Throws MalformedPolicyDocument. */
export const resolveTrustPolicy = (text: string, state: Store): string => {
  refuse(validateTrustPolicy(text))
  try {
    return resolvePrincipals(text, state)
  } catch (error) {
    if (!(error instanceof UnknownPrincipal)) throw error
    throw new AwsError('MalformedPolicyDocument', 400, `Invalid principal in policy: "AWS":"${error.principal}"`)
  }
}
