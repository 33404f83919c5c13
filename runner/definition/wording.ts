import type * as z from 'zod'

export type Issue = z.core.$ZodIssue

const shorten = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}...` : text).replaceAll('\n', ' ')

/** A value as it stands in an error text: text `abc`, number `5`, a list. */
export function found(value: unknown): string {
  if (value === null || value === undefined) return 'empty'
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list'
  if (typeof value === 'object') return 'a map'
  if (typeof value === 'string') return value === '' ? 'empty text' : `text \`${shorten(value)}\``
  return `${typeof value === 'boolean' ? 'the value' : 'number'} \`${String(value)}\``
}

const types: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map',
  record: 'a map',
  null: 'nothing',
}

export const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`

/** zod's own sentences begin with a capital letter; those that our schemas give do not. */
const ours = (issue: Issue): string | null =>
  /^[a-z`]/.test(issue.message) ? issue.message.replace(/^expected /, '') : null

/** What was expected, of one issue that is not about keys. */
export function expected(issue: Issue): string {
  const own = ours(issue)
  if (own !== null) return own
  switch (issue.code) {
    case 'invalid_type':
      return types[issue.expected] ?? issue.expected
    case 'invalid_value':
      return listed(issue.values.map(value => `\`${String(value)}\``))
    case 'too_small':
      if (issue.origin === 'string')
        return Number(issue.minimum) <= 1 ? 'text that is not empty' : `text of at least ${issue.minimum} characters`
      return issue.origin === 'array' ? `a list of at least ${issue.minimum}` : `at least ${issue.minimum}`
    case 'too_big':
      if (issue.origin === 'string') return `text of at most ${issue.maximum} characters`
      return issue.origin === 'array' ? `a list of at most ${issue.maximum}` : `at most ${issue.maximum}`
    case 'invalid_format':
      return 'pattern' in issue && issue.pattern
        ? `text of the form ${issue.pattern}`
        : `text in the form ${issue.format}`
    default:
      return 'something else'
  }
}
