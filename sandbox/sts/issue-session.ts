import type { Call, Session } from '../operation.ts'
import { sessionExpiries, sessions } from './entities.ts'

export interface Credentials extends Record<string, unknown> {
  AccessKeyId: string
  SecretAccessKey: string
  SessionToken: string
  /** Epoch milliseconds, whole seconds. */
  Expiration: number
}

/** An expired session is answered as expired for this long; then its key is unknown. */
const remembered = 36 * 3_600_000

/** Stores the session under a new key id and returns its credentials, which are derived and not stored. */
export const issueSession = (
  { state, secrets, now }: Pick<Call, 'state' | 'secrets' | 'now'>,
  session: Omit<Session, 'issuedAt' | 'expiresAt'>,
  durationSeconds: number,
): Credentials => {
  const AccessKeyId = secrets.newId('ASIA')
  const expiresAt = Math.floor(now / 1000) * 1000 + durationSeconds * 1000
  state.put(sessions, { ...session, issuedAt: now, expiresAt }, AccessKeyId)
  state.put(sessionExpiries, true, ordered(expiresAt), AccessKeyId)
  forgetOld(state, now)
  return {
    AccessKeyId,
    SecretAccessKey: secrets.secretAccessKey(AccessKeyId),
    SessionToken: secrets.sessionToken(AccessKeyId),
    Expiration: expiresAt,
  }
}

const ordered = (time: number): string => String(time).padStart(15, '0')

/** A few at a time: more than are issued, so that the table stays small. */
const forgetOld = (state: Call['state'], now: number): void => {
  const old: string[][] = []
  for (const { key } of state.list(sessionExpiries, [])) {
    if (old.length >= 4 || (key[0] ?? '') > ordered(now - remembered)) break
    old.push(key)
  }
  for (const key of old) {
    state.remove(sessionExpiries, ...key)
    state.remove(sessions, key[1] ?? '')
  }
}
