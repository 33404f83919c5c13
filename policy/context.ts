import type { Caller } from './caller.ts'
import type { AccessRequest, ContextValue } from './decision.ts'
import { derivedKeys } from './derived-keys.ts'
import { PolicyError, shown } from './policy-error.ts'
import type { VariableValues } from './variables.ts'

/** The condition keys of one request: what `context` gives, then what follows from principal and resource. Key names have no case. */
export interface RequestContext extends VariableValues {
  /** @param key as the policy writes it @param lowerKey the same in lower case */
  get(key: string, lowerKey: string): ContextValue | undefined
}

/** An absent key, null and a list without members are the same to IAM. */
const present = (value: unknown): boolean =>
  value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0)

function checked(value: unknown, key: string): ContextValue {
  const scalar = (one: unknown) => typeof one === 'string' || typeof one === 'number' || typeof one === 'boolean'
  if (Array.isArray(value) ? value.every(scalar) : scalar(value)) return value as ContextValue
  throw new PolicyError(
    'InvalidRequest',
    `expected text, a number, a boolean or a list of texts as context key \`${key}\`, found ${shown(value)}`,
  )
}

function given(context: Readonly<Record<string, unknown>>, key: string, lowerKey: string): ContextValue | undefined {
  if (Object.hasOwn(context, key)) {
    const value = context[key]
    if (present(value)) return checked(value, key)
  }
  for (const name in context) {
    if (name.length === key.length && name !== key && name.toLowerCase() === lowerKey && present(context[name])) {
      return checked(context[name], name)
    }
  }
  return undefined
}

export function contextOf(request: AccessRequest, caller: Caller): RequestContext {
  const context: unknown = request.context ?? {}
  if (typeof context !== 'object' || context === null) {
    throw new PolicyError('InvalidRequest', `expected an object of context keys, found ${shown(context)}`)
  }
  const keys = context as Readonly<Record<string, unknown>>
  const get = (key: string, lowerKey: string) =>
    given(keys, key, lowerKey) ??
    (Object.hasOwn(derivedKeys, lowerKey) ? derivedKeys[lowerKey]?.(caller, request) : undefined)
  return {
    get,
    single(key) {
      const value = get(key, key)
      return value === undefined || typeof value === 'object' ? null : String(value)
    },
  }
}
