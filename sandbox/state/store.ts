/** A kind of record, keyed by a list of strings (account id first), in key order. */
export interface Table<T> {
  readonly name: string
  /** Never read: carries the record's type. */
  readonly record?: T
}

export const table = <T>(name: string): Table<T> => ({ name })

/** The account's state as one request sees it: inside one transaction. Records are plain JSON; what is returned must not be mutated: `put` a new one. */
export interface Store {
  get<T>(table: Table<T>, ...key: string[]): T | undefined
  put<T>(table: Table<T>, value: T, ...key: string[]): void
  /** true when there was one. */
  remove<T>(table: Table<T>, ...key: string[]): boolean
  /** All records whose key begins with `prefix`, in key order, from the first key after `after` when given. */
  list<T>(table: Table<T>, prefix: readonly string[], after?: readonly string[]): Iterable<{ key: string[]; value: T }>
  /** What is enforced at this moment, where changes propagate late: authentication, authorization and principals go by it. */
  readonly settled?: Store
  /** What IAM's own reads see at this moment, where they are behind. */
  readonly read?: Store
  /** Set while nothing can change: what follows from the records may be kept as long as this is the same object. */
  readonly snapshot?: Snapshot | undefined
}

/** One state of all records, and by name what was made of it. */
export type Snapshot = Map<string, unknown>

/** What `make` makes of the records, once for each snapshot. `name` tells it from all else that is made. */
export const onceFor = <T>({ snapshot }: Store, name: string, make: () => T): T => {
  if (snapshot === undefined) return make()
  const known = snapshot.get(name)
  if (known !== undefined) return known as T
  const made = make()
  if (snapshot.size >= mostMade) snapshot.clear()
  snapshot.set(name, made)
  return made
}

const mostMade = 2000
