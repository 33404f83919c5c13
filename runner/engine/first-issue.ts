import { expected, found, type Issue } from '../definition/wording.ts'

/**
 * What is wrong with a step's fields once its templates are filled in, in our words.
 * @throws the error itself when it is none of a schema
 */
export function firstIssue(error: unknown, fields: unknown): string {
  const issue = (error as { issues?: Issue[] }).issues?.[0]
  if (!issue) throw error
  const value = issue.path.reduce<unknown>(
    (within, key) => (within as Record<PropertyKey, unknown> | null | undefined)?.[key],
    fields,
  )
  return `\`${issue.path.map(String).join('.') || 'the value'}\` is ${found(value)}, expected ${expected(issue)}`
}
