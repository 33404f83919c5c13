import type { Outcome } from '../../assertions/index.ts'
import { Clients } from './clients.ts'
import type { Aws, Credentials } from './door.ts'
import { limited, withinLimits } from './limits.ts'
import { outcomeOfException } from './outcome.ts'
import { isRead, withRetries } from './retry.ts'

export interface Connection {
  region: string
  endpoint: string | undefined
  requestHandler: unknown
}

export type CredentialsSource = Credentials | (() => Promise<Credentials>)

/** Gives new credentials of the same identity; null: there are none to be had. */
export type Renew = () => Promise<CredentialsSource | null>

const expired = (outcome: Outcome): boolean =>
  outcome.outcome === 'failed' && outcome.cause === 'credentials' && /^(Expired|TokenRefresh)/.test(outcome.code)

/**
 * An identity's door to AWS. A call that is refused because its credentials have expired had no effect: it is sent again, once, with renewed
 * ones where those are to be had.
 *
 * @param arn '' until it is known
 */
export function openIdentity(connection: Connection, source: CredentialsSource, arn: string, renew?: Renew): Aws {
  let door = openDoor(connection, source)
  const renewed = new Map<Door, Promise<Door | null>>()
  /** Several calls may find the same credentials expired at once: they are renewed once. */
  const doorAfter = (stale: Door): Promise<Door | null> => {
    const known = renewed.get(stale)
    if (known) return known
    // Other steps wait for it as well: it does not end with the time of this one.
    const made = Promise.resolve(limited({ until: null }, () => renew?.()) ?? null).then(
      fresh => fresh && openDoor(connection, fresh),
      () => null,
    )
    renewed.set(stale, made)
    return made
  }
  return {
    arn,
    credentials: () => door.credentials(),
    call: async (operation, input) => {
      const used = door
      const outcome = await used.call(operation, input)
      if (!expired(outcome)) return outcome
      const next = await doorAfter(used)
      if (next === null) return outcome
      door = next
      return next.call(operation, input)
    },
  }
}

type Door = Omit<Aws, 'arn'>

function openDoor(connection: Connection, source: CredentialsSource): Door {
  const credentials = typeof source === 'function' ? source : () => Promise.resolve(source)
  const clients = new Clients({
    ...connection,
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
      const { $metadata, ...output } = await withinLimits(isRead(operation), signal =>
        clients.send(operation, input, signal),
      )
      const { httpStatusCode, requestId } = ($metadata ?? {}) as { httpStatusCode?: number; requestId?: string }
      return { outcome: 'allowed', output, httpStatus: httpStatusCode ?? null, requestId: requestId ?? null }
    } catch (error) {
      return outcomeOfException(operation, error)
    }
  }
  return {
    credentials,
    call: (operation, input) => withRetries(operation, () => send(operation, input)),
  }
}
