import type { Table } from '../state/store.ts'
import type { Scope } from './holder.ts'
import { unsure } from './unsure.ts'

export interface PageInput {
  Marker?: string
  MaxItems?: number
}

export interface Page<T> {
  items: T[]
  /** Members that every paginated output carries: Marker only when there is more. */
  rest: { IsTruncated: boolean; Marker?: string }
}

const encodeMarker = (key: string): string => Buffer.from(key, 'utf8').toString('base64')

const decodeMarker = (marker: string): string => {
  const key = Buffer.from(marker, 'base64').toString('utf8')
  if (!/^[ -\u00ff]+$/.test(key) || encodeMarker(key) !== marker) throw unsure.invalidMarker()
  return key
}

const take = <T>(rest: Iterable<T>, input: PageInput, keyOf: (item: T) => string): Page<T> => {
  const limit = input.MaxItems ?? 100
  const items: T[] = []
  for (const item of rest) {
    if (items.length < limit) items.push(item)
    else return { items, rest: { IsTruncated: true, Marker: encodeMarker(keyOf(items[limit - 1] ?? item)) } }
  }
  return { items, rest: { IsTruncated: false } }
}

/** A page of a short list, in the list's own order. Throws ValidationError when the last item shown is no longer there. */
export const pageOfList = <T>(list: readonly T[], input: PageInput, keyOf: (item: T) => string): Page<T> => {
  if (input.Marker === undefined) return take(list, input, keyOf)
  const last = decodeMarker(input.Marker)
  const index = list.findIndex(item => keyOf(item) === last)
  if (index < 0) throw unsure.invalidMarker()
  return take(list.slice(index + 1), input, keyOf)
}

/** A page of a list put in the order of its keys: what is removed between two pages disturbs neither. */
export const pageOfSorted = <T>(list: readonly T[], input: PageInput, keyOf: (item: T) => string): Page<T> => {
  const last = input.Marker === undefined ? '' : decodeMarker(input.Marker)
  const rest = list.filter(item => last === '' || keyOf(item) > last)
  return take(
    rest.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)),
    input,
    keyOf,
  )
}

function* matching<T>(rows: Iterable<{ value: T }>, filter: (value: T) => boolean): Generator<T> {
  for (const { value } of rows) if (filter(value)) yield value
}

/** A page of the account's records of one kind, in the order of their names. */
export const pageOfTable = <T>(
  { state, caller }: Scope,
  table: Table<T>,
  input: PageInput,
  nameOf: (value: T) => string,
  filter: (value: T) => boolean = () => true,
): Page<T> => {
  const prefix = [caller.accountId]
  const after = input.Marker === undefined ? undefined : [...prefix, decodeMarker(input.Marker)]
  return take(matching(state.list(table, prefix, after), filter), input, value => nameOf(value).toLowerCase())
}

/** `/my` also matches `/myPath/`: it is a prefix of the text, not of path segments. */
export const underPath =
  (prefix = '/') =>
  ({ Path }: { Path: string }): boolean =>
    Path.startsWith(prefix)
