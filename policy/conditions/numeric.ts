import { PolicyError, shown } from '../policy-error.ts'
import { both, type Operator } from './operator.ts'

function numberOf(value: string | number | boolean): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  return typeof value === 'string' && /^[+-]?(\d+(\.\d*)?|\.\d+)$/.test(value) ? Number(value) : null
}

const comparison =
  (holds: (actual: number, wanted: number) => boolean): Operator['compile'] =>
  (value, _variables, path) => {
    const wanted = numberOf(value)
    if (wanted === null)
      throw new PolicyError('InvalidConditionValue', `expected a number, found ${shown(value)}`, path)
    return actual => {
      const number = numberOf(actual)
      return number !== null && holds(number, wanted)
    }
  }

export const [NumericEquals, NumericNotEquals] = both(comparison((actual, wanted) => actual === wanted))
export const [NumericLessThan] = both(comparison((actual, wanted) => actual < wanted))
export const [NumericLessThanEquals] = both(comparison((actual, wanted) => actual <= wanted))
export const [NumericGreaterThan] = both(comparison((actual, wanted) => actual > wanted))
export const [NumericGreaterThanEquals] = both(comparison((actual, wanted) => actual >= wanted))
