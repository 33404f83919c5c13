import { PolicyError, shown } from './policy-error.ts'

export type JsonObject = { readonly [name: string]: unknown }

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * A policy document as plain JSON. An object is copied, so that a later change of it, a getter or a cycle cannot reach the engine.
 * @throws PolicyError `NotJson`
 */
export function readJson(document: unknown): JsonObject {
  let value: unknown
  try {
    value = JSON.parse(typeof document === 'string' ? document : JSON.stringify(document))
  } catch {
    throw new PolicyError('NotJson', `the policy document is not JSON: ${shown(document)}`)
  }
  if (!isObject(value))
    throw new PolicyError('NotJson', `expected a JSON object as policy document, found ${shown(value)}`)
  return value
}

/** One value or a list of them, as IAM's grammar allows nearly everywhere. */
export const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value])
