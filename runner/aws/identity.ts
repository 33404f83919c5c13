import type { Outcome } from '../../assertions/index.ts'
import type { Aws, Credentials } from '../steps/step-kind.ts'
import { Clients } from './clients.ts'
import { outcomeOfException } from './outcome.ts'
import { withRetries } from './retry.ts'

export interface Connection {
  region: string
  endpoint: string | undefined
  requestHandler: unknown
  /** Ends every call that is under way. */
  signal?: AbortSignal | undefined
}

export type CredentialsSource = Credentials | (() => Promise<Credentials>)

/** An identity's door to AWS. `arn` is '' until it is known. */
export function openIdentity(connection: Connection, source: CredentialsSource, arn: string): Aws {
  const { signal, ...client } = connection
  const credentials = typeof source === 'function' ? source : () => Promise.resolve(source)
  const clients = new Clients({
    ...client,
    credentials: async () => {
      const { expiration, sessionToken, ...keys } = await credentials()
      return {
        ...keys,
        ...(sessionToken === undefined ? {} : { sessionToken }),
        ...(expiration === undefined ? {} : { expiration: new Date(expiration) }),
      }
    },
  })
  const send = async (operation: string, input: Record<string, unknown>): Promise<Outcome> => {
    try {
      const { $metadata, ...output } = await clients.send(operation, input, signal)
      const { httpStatusCode, requestId } = ($metadata ?? {}) as { httpStatusCode?: number; requestId?: string }
      return { outcome: 'allowed', output, httpStatus: httpStatusCode ?? null, requestId: requestId ?? null }
    } catch (error) {
      return outcomeOfException(operation, error)
    }
  }
  return {
    arn,
    credentials,
    call: (operation, input) => withRetries(operation, () => send(operation, input), signal),
  }
}
