import type { StatementVerdict } from '../../policy/index.ts'

const listed = (values: readonly string[]): string => {
  const shown = values.slice(0, 4).join(', ')
  return values.length > 4 ? `${shown} and ${values.length - 4} more` : shown
}

/** Why a statement did not match, or that it did: `Action is ecr:Describe*`. */
export function mismatchPhrase({ mismatch }: StatementVerdict): string {
  if (mismatch === undefined) return 'matches'
  const { element, operator, key, expected, actual } = mismatch
  if (element !== 'Condition') return `no match: ${element} is ${listed(expected)}`
  const found = actual === null ? 'the request has no such key' : `the request has ${listed([actual].flat())}`
  return `no match: ${operator} ${key} wants ${listed(expected)}, ${found}`
}
