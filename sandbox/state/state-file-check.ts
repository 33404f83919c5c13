import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

const magic = 0xbeefc0de
/** Offsets in a meta page, behind its page header: LMDB 0.9's MDB_meta, as lmdb 3.5 writes it on 64-bit machines. */
const at = { magic: 24, pageSize: 48, lastPage: 144, transaction: 152 }

/**
 * What is wrong with the file, or null. LMDB maps the file without looking, and a file that is not its own, or that was cut short, ends
 * the process without a word.
 */
export const faultOfStateFile = (path: string): string | null => {
  let file: number
  try {
    file = openSync(path, 'r')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
  try {
    if (fstatSync(file).size === 0) return null
    const first = metaAt(file, 0)
    if (first === null) return 'the file is not a state file'
    const second = metaAt(file, first.pageSize)
    if (second === null) return 'its second page is damaged'
    const newest = second.transaction > first.transaction ? second : first
    // The size is asked for after the page was read: another process may be growing the file.
    const expected = (newest.lastPage + 1) * newest.pageSize
    const found = fstatSync(file).size
    return found < expected ? `the file is cut short: it has ${found} bytes, expected ${expected}` : null
  } finally {
    closeSync(file)
  }
}

const metaAt = (file: number, offset: number): { pageSize: number; lastPage: number; transaction: number } | null => {
  const page = Buffer.alloc(160)
  if (readSync(file, page, 0, page.length, offset) < page.length || page.readUInt32LE(at.magic) !== magic) return null
  const pageSize = page.readUInt32LE(at.pageSize)
  if (pageSize < 512 || pageSize > 65_536 || (pageSize & (pageSize - 1)) !== 0) return null
  return {
    pageSize,
    lastPage: Number(page.readBigUInt64LE(at.lastPage)),
    transaction: Number(page.readBigUInt64LE(at.transaction)),
  }
}
