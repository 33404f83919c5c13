import type { Store } from '../../sandbox/state/store.ts'

const separator = '\u0000'

/** A Store without files, ordered as the real one orders: key part by key part. */
export const memoryStore = (): Store => {
  const records = new Map<string, unknown>()
  const keyOf = (name: string, key: readonly string[]) => [name, ...key].join(separator)
  return {
    get: (table, ...key) => records.get(keyOf(table.name, key)) as never,
    put: (table, value, ...key) => {
      // What is stored is plain JSON: anything else is lost, as in the real store.
      records.set(keyOf(table.name, key), JSON.parse(JSON.stringify(value)))
    },
    remove: (table, ...key) => records.delete(keyOf(table.name, key)),
    *list(table, prefix, after) {
      const start = keyOf(table.name, prefix) + separator
      const from = after === undefined ? '' : keyOf(table.name, after)
      const keys = [...records.keys()].filter(key => key.startsWith(start) && key > from).sort()
      for (const key of keys) yield { key: key.split(separator).slice(1), value: records.get(key) as never }
    },
  }
}
