import type { Propagation } from './consistency/propagation.ts'
import type { Faults } from './faults/faults.ts'
import type { Blobs, Secrets, TestAuthorization } from './operation.ts'
import type { RequestLog } from './request-log.ts'
import type { StateFile } from './state/lmdb-store.ts'
import type { Usage } from './usage.ts'

/** What answering a request takes. */
export interface Core {
  state: StateFile
  secrets: Secrets
  blobs: Blobs
  log: RequestLog
  usage: Usage
  /** Of a request that names none: the Docker registry's. */
  region: string
  /** Absent: nothing goes wrong on purpose. */
  faults?: Faults | undefined
  /** Absent: changes are enforced at once. */
  propagation?: Propagation | undefined
  /** Absent: the policies decide. */
  authorization?: TestAuthorization | undefined
  /** Epoch milliseconds. */
  now(): number
}
