import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Database, open } from 'lmdb'
import { SandboxError } from '../sandbox-error.ts'
import { decodeKey, encodeKey, firstKeyAfter, rangeOf } from './keys.ts'
import { faultOfStateFile } from './state-file-check.ts'
import type { Store, Table } from './store.ts'

/** The durable state of one sandbox. Several processes may have it open at once. */
export interface StateFile {
  /** Runs `work` on one snapshot, the newest there is. A write in it throws. */
  read<T>(work: (state: Store) => T): T
  /** Runs `work` in one write transaction, alone among all processes; when it throws, nothing of it stays. */
  write<T>(work: (state: Store) => T): T
  /** Empties the state in one transaction, then runs `seed` in it. */
  replace(seed: (state: Store) => void): void
  close(): Promise<void>
}

/**
 * Opens (and creates) the state in `directory`.
 * `durable` false: a power cut may take it all; for what is thrown away anyway.
 * Only synchronous transactions are used: with several writing processes, lmdb-js's asynchronous ones lost acknowledged batches.
 */
export const openState = (directory: string, durable = true): StateFile => {
  const database = openDatabase(directory, durable)
  return {
    read(work) {
      // Another process's commits are invisible to a read transaction that is still open.
      database.resetReadTxn()
      return work(storeOver(database, false))
    },
    write: work => database.transactionSync(() => work(storeOver(database, true))),
    replace(seed) {
      database.transactionSync(() => {
        for (const key of database.getKeys()) database.remove(key)
        seed(storeOver(database, true))
      })
    },
    close: () => database.close(),
  }
}

const openDatabase = (directory: string, durable: boolean): Database<unknown, Buffer> => {
  const path = join(directory, 'state.mdb')
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    const fault = faultOfStateFile(path)
    if (fault !== null) throw new Error(fault)
    return open<unknown, Buffer>({ path, keyEncoding: 'binary', encoding: 'json', cache: false, noSync: !durable })
  } catch (cause) {
    throw new SandboxError(
      `the sandbox's state in \`${directory}\` cannot be opened: ${cause instanceof Error ? cause.message : String(cause)}`,
      'delete the folder to start with an empty account, or choose another',
      { cause },
    )
  }
}

/**
 * The state as one transaction sees it. What it has read once it does not read again: authentication, authorization and the operation
 * each ask for the caller.
 */
const storeOver = (database: Database<unknown, Buffer>, writable: boolean): Store => {
  const known = new Map<string, unknown>()
  const nameOf = (table: Table<unknown>, key: readonly string[]): string => [table.name, ...key].join('\u0000')
  const mayWrite = (table: Table<unknown>): void => {
    if (!writable) throw new Error(`a reading operation wrote to ${table.name}`)
  }
  return {
    get<T>(table: Table<T>, ...key: string[]) {
      const name = nameOf(table, key)
      if (known.has(name)) return known.get(name) as T | undefined
      const value = database.get(encodeKey(table.name, key))
      known.set(name, value)
      return value as T | undefined
    },
    put(table, value, ...key) {
      mayWrite(table)
      known.delete(nameOf(table, key))
      database.put(encodeKey(table.name, key), value)
    },
    remove(table, ...key) {
      mayWrite(table)
      known.delete(nameOf(table, key))
      const encoded = encodeKey(table.name, key)
      if (!database.doesExist(encoded)) return false
      database.remove(encoded)
      return true
    },
    *list<T>(table: Table<T>, prefix: readonly string[], after?: readonly string[]) {
      const { start, end } = rangeOf(table.name, prefix)
      const first = after === undefined ? start : firstKeyAfter(encodeKey(table.name, after))
      for (const { key, value } of database.getRange({ start: first, end }))
        yield { key: decodeKey(key), value: value as T }
    },
  }
}
