import { invalidToken } from './caller.ts'
import { AwsError } from './errors.ts'
import type { Caller } from './operation.ts'
import type { ServiceName } from './wire/service-model.ts'

/**
 * What a kind of credentials may never do, whatever the policies say.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_sts-comparison.html
 * @throws AwsError in the words of the service
 */
export const checkCredentialLimits = (caller: Caller, service: ServiceName, operation: string): void => {
  const { kind, session } = caller
  if (service === 'sts' && operation === 'AssumeRole' && kind === 'root') {
    throw denied('Roles may not be assumed by root accounts.')
  }
  if (session === null) return
  if (service === 'sts' && (operation === 'GetSessionToken' || operation === 'GetFederationToken')) {
    throw denied(`Cannot call ${operation} with session credentials`)
  }
  if (session.kind === 'role-session') return
  // AWS documents that IAM refuses both kinds; that it does so as for an unknown token is not recorded.
  if (service === 'iam' && !(session.kind === 'session-token' && session.mfaAt !== null)) throw invalidToken()
  if (service === 'sts' && !allowedInSts[session.kind].includes(operation)) {
    throw denied(`Cannot call ${operation} with session credentials`)
  }
}

const allowedInSts = {
  'session-token': ['AssumeRole', 'GetCallerIdentity'],
  'federated-user': ['GetCallerIdentity'],
} as const satisfies Record<string, readonly string[]> as Record<'session-token' | 'federated-user', readonly string[]>

const denied = (message: string): AwsError => new AwsError('AccessDenied', 403, message)
