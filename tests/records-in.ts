import { join } from 'node:path'
import { open } from 'lmdb'

/** A record of a sandbox as it lies on the disk. */
export interface StoredRecord {
  /** `iam.role`. */
  table: string
  /** Account first. */
  key: string[]
  value: unknown
}

/**
 * What no call leaves standing: counters, what is remembered of changes while they spread, sessions, and uploads that nobody completed (ECR
 * lists them nowhere and lets them lapse).
 */
const passing = /^(generation|consistency\.change|sts\.session|sts\.session-expiry|ecr\.upload)$/

/**
 * Everything in all accounts of the sandbox in `directory`, read from its file: no operation of AWS, no client and no server of ours stands
 * between, so that a fault in them hides nothing. When a key or role was last used is left out.
 */
export async function recordsIn(directory: string): Promise<StoredRecord[]> {
  const database = open<unknown, Buffer>({
    path: join(directory, 'state.mdb'),
    keyEncoding: 'binary',
    encoding: 'json',
    cache: false,
  })
  try {
    database.resetReadTxn()
    const records: StoredRecord[] = []
    for (const { key, value } of database.getRange({})) {
      const [table = '', ...parts] = key.toString().split('\u0000')
      if (passing.test(table)) continue
      const { lastUsed: _, ...kept } = Object(value)
      records.push({ table, key: parts, value: typeof value === 'object' ? kept : value })
    }
    return records
  } finally {
    await database.close()
  }
}

/** One line for each record: equal lists are equal accounts, byte for byte. */
export const linesOf = (records: readonly StoredRecord[]): string[] =>
  records.map(({ table, key, value }) => `${table} ${key.join(' ')} ${JSON.stringify(value)}`)
