import type { Table } from './store.ts'

/** Records as one snapshot of the state has them: what was read once is not read, nor parsed, again while nothing has changed. */
export interface KnownRecords {
  /** `read` is called for what is not known yet. The record is frozen: it is every later request's too. */
  get<T>(table: Table<T>, key: readonly string[], read: () => T | undefined): T | undefined
  /** A short list that was read to its end is not read again either. @param name of the list */
  list<T>(name: string, read: () => Iterable<Row<T>>): Iterable<Row<T>>
}

interface Row<T> {
  key: string[]
  value: T
}

/** A class of thousands must not fill the memory. */
const most = 2000
const mostLists = 200
const mostRows = 20

export const knownRecords = (): KnownRecords => {
  const tables = new Map<string, Map<string, unknown>>()
  const lists = new Map<string, Row<unknown>[]>()
  let count = 0
  return {
    get<T>(table: Table<T>, key: readonly string[], read: () => T | undefined) {
      const name = key.join('\u0000')
      const known = tables.get(table.name)
      const record = known?.get(name)
      if (record !== undefined || known?.has(name)) return record as T | undefined
      if (count >= most) {
        tables.clear()
        count = 0
      }
      const found = frozen(read())
      const records = tables.get(table.name) ?? new Map<string, unknown>()
      tables.set(table.name, records)
      records.set(name, found)
      count += 1
      return found
    },
    *list<T>(name: string, read: () => Iterable<Row<T>>) {
      const known = lists.get(name)
      if (known !== undefined) return yield* known as Row<T>[]
      const rows: Row<T>[] = []
      for (const row of read()) {
        if (rows.length <= mostRows) rows.push(frozen(row))
        yield row
      }
      if (rows.length > mostRows) return
      if (lists.size >= mostLists) lists.clear()
      lists.set(name, rows)
    },
  }
}

const frozen = <T>(value: T): T => {
  if (typeof value !== 'object' || value === null) return value
  for (const item of Object.values(value)) frozen(item)
  return Object.freeze(value)
}
