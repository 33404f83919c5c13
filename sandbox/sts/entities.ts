import type { Session } from '../operation.ts'
import { table } from '../state/store.ts'

/** Key [access key id, ASIA...]. */
export const sessions = table<Session>('sts.session')
