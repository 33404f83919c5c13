import type { Session } from '../operation.ts'
import { table } from '../state/store.ts'

/** Key [access key id, ASIA...]. */
export const sessions = table<Session>('sts.session')
/** Key [epoch milliseconds of expiry in 15 digits, access key id]: sessions in the order in which they expire. */
export const sessionExpiries = table<true>('sts.session-expiry')
