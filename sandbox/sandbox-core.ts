import type { Blobs, Secrets } from './operation.ts'
import type { RequestLog } from './request-log.ts'
import type { StateFile } from './state/lmdb-store.ts'

/** What answering a request takes. */
export interface Core {
  state: StateFile
  secrets: Secrets
  blobs: Blobs
  log: RequestLog
  /** Epoch milliseconds. */
  now(): number
}
