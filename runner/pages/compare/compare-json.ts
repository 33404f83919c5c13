import type { Difference } from '../../../assertions/index.ts'
import { saysTheSame } from './wild.ts'

/** Members whose value is another one each time: only its kind counts. */
const everChanging =
  /(secretaccesskey|secret|token|password|signature|accesskeyid|requestid|uploadid)$|(date|time|timestamp|at|expiration|expiry|lastused|sizeinbytes|imagesize|size)$/i

/**
 * Where an answer is not of the shape that a page shows: members that are missing or say something else, lists of another length. Members that
 * the page does not show are let pass: AWS adds them over the years.
 */
export function jsonDifferences(expected: unknown, actual: unknown, path = 'output'): Difference[] {
  const differs = (): Difference[] => [{ field: path, expected: shown(expected), actual: shown(actual) }]
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual) || actual.length !== expected.length) return differs()
    return inAnyOrder(expected, actual, path)
  }
  if (typeof expected === 'object' && expected !== null) {
    if (typeof actual !== 'object' || actual === null || Array.isArray(actual)) return differs()
    return Object.entries(expected).flatMap(([key, value]) => {
      const found = (actual as Record<string, unknown>)[key]
      if (everChanging.test(key) && sameKind(value, found)) return []
      return jsonDifferences(value, found, `${path}.${key}`)
    })
  }
  if (typeof expected === 'string' && typeof actual === 'string') return saysTheSame(expected, actual) ? [] : differs()
  return expected === actual ? [] : differs()
}

const isScalar = (value: unknown): boolean => value !== null && value !== undefined && typeof value !== 'object'

/** A date is a number for one version of the CLI, and a text for the next. */
const sameKind = (expected: unknown, actual: unknown): boolean => isScalar(expected) && isScalar(actual)

/** Each element found once, in whatever order. */
function inAnyOrder(expected: readonly unknown[], actual: readonly unknown[], path: string): Difference[] {
  const inPlace = expected.flatMap((each, index) => jsonDifferences(each, actual[index], `${path}[${index}]`))
  if (inPlace.length === 0) return []
  const free = new Set(actual.keys())
  const missing = expected.flatMap((each, index) => {
    const found = [...free].find(at => jsonDifferences(each, actual[at]).length === 0)
    if (found === undefined) return [index]
    free.delete(found)
    return []
  })
  if (missing.length === 0) return []
  if (expected.length === 1) return inPlace
  return missing.map(index => ({ field: `${path}[${index}]`, expected: shown(expected[index]), actual: shown(actual) }))
}

const longest = 160

export function shown(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value)
  return text.length > longest ? `${text.slice(0, longest)}…` : text
}
