import { expect, test } from 'vitest'
import * as z from 'zod'
import { firstIssue } from '../../../runner/engine/first-issue.ts'

const schema = z.strictObject({ name: z.string().min(1), count: z.number().max(3).optional() })

test.each<[unknown, string]>([
  [{ name: '' }, '`name` is empty text, expected text that is not empty'],
  [{ name: 5 }, '`name` is number `5`, expected text'],
  [{ name: 'a', count: 4 }, '`count` is number `4`, expected at most 3'],
  [[], '`the value` is an empty list, expected a map'],
])('%j once its templates are filled in', (fields, message) => {
  expect(firstIssue(schema.safeParse(fields).error, fields)).toBe(message)
})

test('another error stays what it is', () => {
  const error = new TypeError('no answer')
  expect(() => firstIssue(error, {})).toThrow(error)
})
