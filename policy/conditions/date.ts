import { PolicyError, shown } from '../policy-error.ts'
import { both, type Operator, type Scalar } from './operator.ts'

const isoForm =
  /^(-?\d{1,9})(?:-(\d{1,2})(?:-(\d{1,2})(?:[Tt](\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?([Zz]|[+-]\d{2}(?::?\d{2})?)?)?)?)?$/
const longest = 9223372036854775807n

function offsetMinutes(zone: string | undefined): number | null {
  if (zone === undefined || zone.toUpperCase() === 'Z') return 0
  const hours = Number(zone.slice(1, 3))
  const minutes = Number(zone.slice(3).replace(':', '') || '0')
  if (hours > 23 || minutes > 59) return null
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes)
}

/**
 * Milliseconds since 1970 of a date in the W3C profile of ISO 8601 (a year alone up to fractional seconds; no zone is UTC) or in epoch seconds.
 * Four digits are a year. null: it is no date.
 */
export function dateOf(value: Scalar): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value * 1000 : null
  if (typeof value === 'boolean') return null
  if (/^\d+(\.\d+)?$/.test(value) && !/^\d{4}$/.test(value)) {
    return BigInt(value.split('.')[0] ?? '0') > longest ? null : Number(value) * 1000
  }
  const parts = isoForm.exec(value)
  if (parts === null) return null
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts
    .slice(1, 7)
    .map(part => (part === undefined ? undefined : Number(part)))
  const offset = offsetMinutes(parts[8])
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 59 || offset === null)
    return null
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  date.setUTCHours(hour, minute - offset, second)
  return Number.isNaN(date.getTime()) ? null : date.getTime() + Number(`0.${parts[7] ?? '0'}`) * 1000
}

const comparison =
  (holds: (actual: number, wanted: number) => boolean): Operator['compile'] =>
  (value, _variables, path) => {
    const wanted = dateOf(value)
    if (wanted === null) {
      throw new PolicyError(
        'InvalidConditionValue',
        `expected an ISO 8601 date or epoch seconds, found ${shown(value)}`,
        path,
      )
    }
    return actual => {
      const date = dateOf(actual)
      return date !== null && holds(date, wanted)
    }
  }

export const [DateEquals, DateNotEquals] = both(comparison((actual, wanted) => actual === wanted))
export const [DateLessThan] = both(comparison((actual, wanted) => actual < wanted))
export const [DateLessThanEquals] = both(comparison((actual, wanted) => actual <= wanted))
export const [DateGreaterThan] = both(comparison((actual, wanted) => actual > wanted))
export const [DateGreaterThanEquals] = both(comparison((actual, wanted) => actual >= wanted))
