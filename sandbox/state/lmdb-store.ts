import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Database, open } from 'lmdb'
import { SandboxError } from '../sandbox-error.ts'
import { decodeKey, encodeKey, firstKeyAfter, rangeOf } from './keys.ts'
import { knownRecords } from './known-records.ts'
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
  let generation: unknown
  let reader: Store | undefined
  const writing = <T>(work: (state: Store) => T): T =>
    database.transactionSync(() => {
      const before = database.get(generationKey)
      const result = work(writerOver(database))
      database.put(generationKey, Number(before ?? 0) + 1)
      return result
    })
  return {
    read(work) {
      // Another process's commits are invisible to a read transaction that is still open.
      database.resetReadTxn()
      const now = database.get(generationKey)
      if (reader === undefined || now !== generation) reader = readerOver(database)
      generation = now
      return work(reader)
    },
    write: writing,
    replace: seed =>
      writing(state => {
        for (const key of database.getKeys()) database.remove(key)
        seed(state)
      }),
    close: () => database.close(),
  }
}

/** Counts the transactions that wrote, of all processes: what a snapshot has shown is true as long as this stays. */
const generationKey = encodeKey('generation', [])

const openDatabase = (directory: string, durable: boolean): Database<unknown, Buffer> => {
  const path = join(directory, 'state.mdb')
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    const fault = faultOfStateFile(path)
    if (fault !== null) throw new Error(fault)
    return open<unknown, Buffer>({
      path,
      keyEncoding: 'binary',
      encoding: 'json',
      cache: false,
      noSync: !durable,
      noMetaSync: true,
    })
  } catch (cause) {
    throw new SandboxError(
      `the sandbox's state in \`${directory}\` cannot be opened: ${cause instanceof Error ? cause.message : String(cause)}`,
      'delete the folder to start with an empty account, or choose another',
      { cause },
    )
  }
}

type Records = Database<unknown, Buffer>

/** The state as every reading transaction of one generation sees it: authentication, authorization and the operation each ask for the caller. */
const readerOver = (database: Records): Store => {
  const known = knownRecords()
  const refuse = (table: Table<unknown>): never => {
    throw new Error(`a reading operation wrote to ${table.name}`)
  }
  return {
    snapshot: new Map(),
    get: <T>(table: Table<T>, ...key: string[]) =>
      known.get(table, key, () => database.get(encodeKey(table.name, key)) as T | undefined),
    put: refuse,
    remove: refuse,
    list: (table, prefix, after) =>
      known.list([table.name, prefix.join('\u0000'), after?.join('\u0000') ?? ''].join('\u0001'), () =>
        listOf(database, table, prefix, after),
      ),
  }
}

const writerOver = (database: Records): Store => ({
  get: <T>(table: Table<T>, ...key: string[]) => database.get(encodeKey(table.name, key)) as T | undefined,
  put(table, value, ...key) {
    database.put(encodeKey(table.name, key), value)
  },
  remove(table, ...key) {
    const encoded = encodeKey(table.name, key)
    if (!database.doesExist(encoded)) return false
    database.remove(encoded)
    return true
  },
  list: (table, prefix, after) => listOf(database, table, prefix, after),
})

function* listOf<T>(
  database: Records,
  table: Table<T>,
  prefix: readonly string[],
  after?: readonly string[],
): Generator<{ key: string[]; value: T }> {
  const { start, end } = rangeOf(table.name, prefix)
  const first = after === undefined ? start : firstKeyAfter(encodeKey(table.name, after))
  for (const { key, value } of database.getRange({ start: first, end }))
    yield { key: decodeKey(key), value: value as T }
}
