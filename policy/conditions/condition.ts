import type { RequestContext } from '../context.ts'
import { asList, isObject } from '../json.ts'
import { PolicyError, shown } from '../policy-error.ts'
import type { Operator, Scalar, ValueTest } from './operator.ts'
import { operators } from './operators.ts'

/** One operator on one key. */
export interface Condition {
  /** As the policy writes it, modifiers included. */
  readonly operator: string
  readonly key: string
  readonly values: readonly string[]
  holds(context: RequestContext): boolean
}

const nameForm = /^(?:(ForAllValues|ForAnyValue):)?([A-Za-z]+?)(IfExists)?$/

interface Modified {
  readonly set: string | undefined
  readonly ifExists: boolean
  readonly base: Operator
}

function readName(name: string, path: string): Modified | 'Null' {
  if (name === 'Null') return 'Null'
  const [, set, base = '', ifExists] = nameForm.exec(name) ?? []
  const operator = Object.hasOwn(operators, base) ? operators[base] : undefined
  if (operator === undefined) {
    throw new PolicyError(
      'UnknownOperator',
      `unknown condition operator ${shown(name)}, expected one like \`StringEquals\``,
      path,
    )
  }
  return { set, ifExists: ifExists !== undefined, base: operator }
}

/** Is it a condition operator, modifiers included? */
export function isOperatorName(name: string): boolean {
  const [, , base = ''] = nameForm.exec(name) ?? []
  return name === 'Null' || Object.hasOwn(operators, base)
}

function valuesOf(element: unknown, path: string): string[] {
  return asList(element).map(value => {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value)
    throw new PolicyError(
      'InvalidConditionValue',
      `expected text, a number or a boolean as condition value, found ${shown(value)}`,
      path,
    )
  })
}

function nullTest(values: readonly string[], path: string): (absent: boolean) => boolean {
  const wanted = values.map(value => value.toLowerCase())
  const bad = wanted.find(value => value !== 'true' && value !== 'false')
  if (bad !== undefined)
    throw new PolicyError('InvalidConditionValue', `expected true or false for Null, found ${shown(bad)}`, path)
  return absent => wanted.includes(String(absent))
}

/** Set operators see a key that holds nothing but an empty text as no key: "a null dataset, such as an empty string". */
const isNullDataset = (actual: readonly Scalar[]) => actual.every(value => value === '')

function holds(
  { set, ifExists, base }: Modified,
  tests: readonly ValueTest[],
  context: RequestContext,
  key: string,
  lowerKey: string,
): boolean {
  const actual = context.get(key, lowerKey)
  if (actual === undefined) return ifExists || set === 'ForAllValues' || (base.negated && set === undefined)
  const meets = (value: Scalar) => tests.some(test => test(value, context)) !== base.negated
  if (set === undefined) return typeof actual !== 'object' && meets(actual)
  const members = typeof actual === 'object' ? actual : [actual]
  return set === 'ForAllValues' ? isNullDataset(members) || members.every(meets) : members.some(meets)
}

function compileCondition(
  name: string,
  modified: Modified | 'Null',
  key: string,
  element: unknown,
  variables: boolean,
  path: string,
): Condition {
  const values = valuesOf(element, path)
  const lowerKey = key.toLowerCase()
  if (modified === 'Null') {
    const test = nullTest(values, path)
    return { operator: name, key, values, holds: context => test(context.get(key, lowerKey) === undefined) }
  }
  const tests = values.map(value => modified.base.compile(value, variables, path))
  return { operator: name, key, values, holds: context => holds(modified, tests, context, key, lowerKey) }
}

/**
 * A Condition element: all of them must hold.
 * @throws PolicyError `UnknownOperator`, `InvalidConditionValue`, `InvalidVariable`
 */
export function compileConditions(element: unknown, variables: boolean, path: string): Condition[] {
  if (!isObject(element))
    throw new PolicyError('InvalidValue', `expected an object as Condition, found ${shown(element)}`, path)
  return Object.entries(element).flatMap(([operator, keys]) => {
    const modified = readName(operator, `${path}.${operator}`)
    if (!isObject(keys)) {
      throw new PolicyError(
        'InvalidValue',
        `expected an object of condition keys under \`${operator}\`, found ${shown(keys)}`,
        path,
      )
    }
    return Object.entries(keys).map(([key, values]) =>
      compileCondition(operator, modified, key, values, variables, `${path}.${operator}.${key}`),
    )
  })
}
