import { PolicyError, shown } from '../policy-error.ts'
import { expand, isFixed, parseTemplate } from '../variables.ts'
import type { Operator } from './operator.ts'

const booleanOf = (value: unknown): boolean | null => {
  const text = String(value).toLowerCase()
  return text === 'true' ? true : text === 'false' ? false : null
}

/** The operators page lists policy variables for Bool, the variables page does not: they are accepted. */
export const Bool: Operator = {
  negated: false,
  compile(value, variables, path) {
    const template = parseTemplate(value, { variables, wildcards: false }, path)
    if (!isFixed(template)) {
      return (actual, values) => {
        const wanted = booleanOf(expand(template, values)?.join(''))
        return wanted !== null && booleanOf(actual) === wanted
      }
    }
    const wanted = booleanOf(value)
    if (wanted === null)
      throw new PolicyError('InvalidConditionValue', `expected true or false, found ${shown(value)}`, path)
    return actual => booleanOf(actual) === wanted
  },
}
