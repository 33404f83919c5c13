import { randomFrom } from '../random.ts'
import type { Store } from '../state/store.ts'
import { type ChangeKind, changeKinds } from './change-kinds.ts'
import { recordAt, recordingStore } from './history.ts'
import { lateReads } from './late-reads.ts'

/** How late changes are enforced, and seen: IAM's own reads show them at once, as AWS's mostly do, unless `reads` says otherwise. */
export interface PropagationOptions {
  /** Milliseconds until a change is enforced. */
  delay: number
  /** Of some kinds of change. */
  delays?: Partial<Record<ChangeKind, number>> | undefined
  /** Milliseconds in which IAM's own reads do not find what was made. Default 0: none. */
  reads?: number | undefined
  /** Until then each request sees the old or the new state by chance, as on AWS. */
  flap?: boolean | undefined
  /** Of the chance. Default 1. */
  seed?: number | undefined
}

export interface Propagation {
  /** Wraps the state of one request: what it writes is remembered, `settled` is what is enforced at this moment. */
  around(state: Store, now: number): Store
}

export const propagationOf = ({
  delay,
  delays = {},
  reads = 0,
  flap = false,
  seed = 1,
}: PropagationOptions): Propagation => {
  const random = randomFrom(seed)
  const delayOf = (table: string): number => {
    const kind = changeKinds[table]
    return kind === undefined ? 0 : (delays[kind] ?? delay)
  }
  return {
    around(state, now) {
      const seesNew = flap && random() < 0.5
      const late = flap && reads > 0 && random() < 0.5 ? 0 : reads
      const settled: Store = {
        ...state,
        // What is enforced changes with the time.
        snapshot: undefined,
        get: (of, ...key) => {
          const delayed = seesNew ? 0 : delayOf(of.name)
          return delayed === 0 ? state.get(of, ...key) : recordAt(state, of, key, now - delayed)
        },
      }
      return { ...recordingStore(state, now), settled, ...(late > 0 && { read: lateReads(state, now, late) }) }
    },
  }
}
