import { type Store, type Table, table } from '../state/store.ts'
import { changeKinds } from './change-kinds.ts'

/** What a record was before a change; null: it was not there. */
interface Change {
  previous: unknown
}

/** Key [table, ...key of the record, epoch milliseconds in 15 digits]. */
const changes = table<Change>('consistency.change')

/** Keys end with no part of their own that could be mistaken for a time. */
const timePart = (time: number): string => `@${String(time).padStart(15, '0')}`

/** A change older than this is enforced everywhere, whatever the delays. */
const forgottenAfter = 10 * 60_000

/** A store that remembers what each change that propagates replaced. */
export const recordingStore = (state: Store, now: number): Store => {
  const remember = (of: Table<unknown>, key: string[]): void => {
    if (changeKinds[of.name] === undefined) return
    forget(state, [of.name, ...key], now)
    const at = [of.name, ...key, timePart(now)]
    // Two changes in one millisecond are one: the first knows what was before.
    if (state.get(changes, ...at) === undefined) state.put(changes, { previous: state.get(of, ...key) ?? null }, ...at)
  }
  return {
    get: state.get,
    list: state.list,
    put(of, value, ...key) {
      remember(of, key)
      state.put(of, value, ...key)
    },
    remove(of, ...key) {
      remember(of, key)
      return state.remove(of, ...key)
    },
  }
}

const forget = (state: Store, record: string[], now: number): void => {
  const old = [...state.list(changes, record, [...record, timePart(0)])].filter(
    ({ key }) => timeOf(key) < now - forgottenAfter,
  )
  for (const { key } of old) state.remove(changes, ...key)
}

const timeOf = (key: readonly string[]): number => Number(key.at(-1)?.slice(1))

/** The record as it was at `time`. */
export const recordAt = <T>(state: Store, of: Table<T>, key: string[], time: number): T | undefined => {
  const record = [of.name, ...key]
  for (const { key: found, value } of state.list(changes, record, [...record, timePart(time)])) {
    if (found.length !== record.length + 1) continue
    return (value.previous ?? undefined) as T | undefined
  }
  return state.get(of, ...key)
}
