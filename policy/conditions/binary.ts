import { PolicyError, shown } from '../policy-error.ts'
import type { Operator } from './operator.ts'

/** The bytes as a binary string; null: not base64. */
function bytesOf(base64: string): string | null {
  try {
    return atob(base64)
  } catch {
    return null
  }
}

/** Byte for byte; both sides are base64. */
export const BinaryEquals: Operator = {
  negated: false,
  compile(value, _variables, path) {
    const wanted = bytesOf(value)
    if (wanted === null) throw new PolicyError('InvalidConditionValue', `expected base64, found ${shown(value)}`, path)
    return actual => bytesOf(String(actual)) === wanted
  },
}
