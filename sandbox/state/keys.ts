/** Keys are the table's name and its parts in UTF-8, parted by a zero byte: they sort part by part. */
const separator = '\u0000'

/** lmdb's own limit, less what a separator at either end may add. */
const longest = 1970

/** @throws when a part holds a zero byte, or the key is longer than the store takes. */
export const encodeKey = (table: string, parts: readonly string[]): Buffer => {
  if (parts.some(part => part.includes(separator))) throw new RangeError(`a key of ${table} holds a zero byte`)
  const key = Buffer.from([table, ...parts].join(separator))
  if (key.length > longest)
    throw new RangeError(`a key of ${table} is ${key.length} bytes long, at most ${longest} are stored`)
  return key
}

/** The parts, without the table's name. */
export const decodeKey = (key: Buffer): string[] => key.toString().split(separator).slice(1)

/** Every key whose first parts are `prefix`: from `start`, before `end`. */
export const rangeOf = (table: string, prefix: readonly string[]): { start: Buffer; end: Buffer } => {
  const key = encodeKey(table, prefix)
  return { start: Buffer.concat([key, Buffer.of(0)]), end: Buffer.concat([key, Buffer.of(1)]) }
}

/** The least key greater than `key`. */
export const firstKeyAfter = (key: Buffer): Buffer => Buffer.concat([key, Buffer.of(0)])
