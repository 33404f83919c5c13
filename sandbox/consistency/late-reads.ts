import type { Store, Table } from '../state/store.ts'
import type { ServiceName } from '../wire/service-model.ts'
import { changeKinds } from './change-kinds.ts'
import { recordAt } from './history.ts'

/** Calls of IAM's that only tell what there is. */
const reading = /^(Get|List)/

/** true: its answer comes of what IAM reads of its own records, which may be behind. */
export const readsIam = (service: ServiceName, name: string): boolean => service === 'iam' && reading.test(name)

/** The state as a read of IAM's sees it that is behind by `late` milliseconds: what was made since is not there yet. */
export const lateReads = (state: Store, now: number, late: number): Store => {
  const isThere = (of: Table<unknown>, key: string[]): boolean =>
    changeKinds[of.name] === undefined || recordAt(state, of, key, now - late) !== undefined
  return {
    ...state,
    // What is seen changes with the time.
    snapshot: undefined,
    get: (of, ...key) => (isThere(of, key) ? state.get(of, ...key) : undefined),
    *list(of, prefix, after) {
      for (const each of state.list(of, prefix, after)) if (isThere(of, each.key)) yield each
    },
  }
}
