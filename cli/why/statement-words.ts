import type { Mismatch } from '../../policy/index.ts'
import type { PlacedStatement } from '../../runner/engine/why/why.ts'

type Named = Pick<PlacedStatement, 'policyType' | 'policy'>

/** `the identity-based policy`, `the permissions boundary`. */
export const typeInWords = (type: PlacedStatement['policyType']): string =>
  type.endsWith('-based') ? `${type} policy` : type

/** `the identity-based policy \`reader\``; a name that says what it is stands alone. */
export function policyInWords({ policyType, policy }: Named): string {
  if (/^(?:repository policy of|trust policy of|registry policy|session policy)/.test(policy))
    return `the ${policy.replace(/ of (.*)$/, ' of `$1`')}`
  if (policy.startsWith('inline:')) return `the inline policy \`${policy.slice('inline:'.length)}\``
  return `the ${typeInWords(policyType)} \`${policy}\``
}

/** `statement 1 (DenyTeam) of ...`, counted from 1. */
export const statementInWords = (statement: Named & { index: number; sid?: string | undefined }): string =>
  `statement ${statement.index + 1}${statement.sid === undefined ? '' : ` (${statement.sid})`} of ${policyInWords(statement)}`

const quoted = (values: readonly string[]): string => values.map(value => `\`${value}\``).join(', ')

/** What kept a statement from matching: `its Resource is ..., the request's ...`. */
export function mismatchInWords({ element, operator, key, expected, actual }: Mismatch): string {
  const found = actual === null ? 'none' : quoted(typeof actual === 'string' ? [actual] : actual)
  return element === 'Condition'
    ? `its Condition wants ${key} ${operator} ${quoted(expected)}, the request has ${found}`
    : `its ${element} is ${quoted(expected)}, the request's ${found}`
}
