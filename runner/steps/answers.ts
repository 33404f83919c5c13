import type { Outcome } from '../../assertions/index.ts'

/** The output of an allowed call as a map; empty for anything else. */
export const outputOf = (outcome: Outcome): Record<string, unknown> =>
  outcome.outcome === 'allowed' && typeof outcome.output === 'object' && outcome.output !== null
    ? (outcome.output as Record<string, unknown>)
    : {}

/** Follows a path of member names through an answer; undefined where it ends early. */
export const at = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>(
    (found, name) =>
      typeof found === 'object' && found !== null ? (found as Record<string, unknown>)[name] : undefined,
    value,
  )

export const stringAt = (value: unknown, ...path: readonly string[]): string | null => {
  const found = at(value, ...path)
  return typeof found === 'string' ? found : null
}

export const listAt = (value: unknown, ...path: readonly string[]): unknown[] => {
  const found = at(value, ...path)
  return Array.isArray(found) ? found : []
}

/** AWS names the same fault `NoSuchEntity` on the wire and `NoSuchEntityException` in a client. */
export const hasCode = (outcome: Outcome, ...codes: readonly string[]): boolean =>
  outcome.outcome !== 'allowed' &&
  codes.some(code => outcome.code.replace(/Exception$/, '') === code.replace(/Exception$/, ''))

/** `[{ Key, Value }]` as a map; null where the answer has no tags at all. */
export const tagsOf = (list: unknown): Record<string, string> | null =>
  Array.isArray(list)
    ? Object.fromEntries(
        list.flatMap(tag => {
          const key = stringAt(tag, 'Key') ?? stringAt(tag, 'key')
          return key === null ? [] : [[key, stringAt(tag, 'Value') ?? stringAt(tag, 'value') ?? '']]
        }),
      )
    : null
