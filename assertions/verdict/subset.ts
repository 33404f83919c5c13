import type { Difference } from '../expectation.ts'
import { globEquals } from './glob.ts'

const longestShown = 120

/** A value as a person reads it in a diff, cut when long. */
export const shown = (value: unknown): string => {
  const text = value === undefined ? 'nothing' : (JSON.stringify(value, (_, inner) => plain(inner)) ?? String(value))
  return text.length > longestShown ? `${text.slice(0, longestShown)}…` : text
}

const plain = (value: unknown): unknown => (typeof value === 'bigint' ? Number(value) : value)

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)

/** Times are compared as ISO 8601 text, as a lab writes them. */
const scalar = (value: unknown): unknown => (value instanceof Date ? value.toISOString() : plain(value))

const sameScalar = (expected: unknown, actual: unknown): boolean => {
  const [wanted, found] = [scalar(expected), scalar(actual)]
  if (typeof wanted === 'string' && typeof found === 'string') return globEquals(wanted, found)
  return wanted === found || (wanted === null && found === undefined)
}

const matches = (expected: unknown, actual: unknown): boolean => {
  if (Array.isArray(expected)) return Array.isArray(actual) && unmatched(expected, actual).length === 0
  if (!isMap(expected)) return sameScalar(expected, actual)
  return isMap(actual) && Object.entries(expected).every(([key, value]) => matches(value, actual[key]))
}

/**
 * Indices of the expected elements that find no element of their own. A pair once made is changed when that lets a later
 * element in: `[{a}, {a, b}]` is found in `[{a, b}, {a}]`.
 */
const unmatched = (expected: readonly unknown[], actual: readonly unknown[]): number[] => {
  const fits = expected.map(wanted => actual.map(found => matches(wanted, found)))
  const taker: (number | undefined)[] = []
  const place = (wanted: number, seen: Set<number>): boolean =>
    actual.some((_, found) => {
      if (fits[wanted]?.[found] !== true || seen.has(found)) return false
      seen.add(found)
      const holder = taker[found]
      if (holder !== undefined && !place(holder, seen)) return false
      taker[found] = wanted
      return true
    })
  return expected.flatMap((_, index) => (place(index, new Set()) ? [] : [index]))
}

const listDifferences = (expected: readonly unknown[], actual: readonly unknown[], path: string): Difference[] => {
  const missing = unmatched(expected, actual)
  const [only] = missing
  if (only !== undefined && expected.length === 1 && actual.length === 1) {
    return subsetDifferences(expected[0], actual[0], `${path}[0]`)
  }
  return missing.map(index => ({ field: `${path}[${index}]`, expected: shown(expected[index]), actual: shown(actual) }))
}

/**
 * Where `actual` does not hold `expected`: maps by their expected keys, lists in any order with each element used once,
 * strings with `*` for anything. `path` names the place: `output.imageIds[0].imageTag`.
 */
export const subsetDifferences = (expected: unknown, actual: unknown, path: string): Difference[] => {
  if (Array.isArray(expected) && Array.isArray(actual)) return listDifferences(expected, actual, path)
  if (isMap(expected) && isMap(actual)) {
    return Object.entries(expected).flatMap(([key, value]) => subsetDifferences(value, actual[key], `${path}.${key}`))
  }
  return matches(expected, actual) ? [] : [{ field: path, expected: shown(expected), actual: shown(actual) }]
}
