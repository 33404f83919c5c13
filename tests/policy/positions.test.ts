import { expect, test } from 'vitest'
import { statementPositions } from '../../policy/index.ts'

test('one statement on one line, as recorded', () => {
  const statement = '{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b"}'
  const text = `{"Version": "2012-10-17", "Statement": ${statement}}`
  expect(text.indexOf(statement)).toBe(39)
  expect(statementPositions(text)).toEqual([
    { start: { line: 1, column: 41 }, end: { line: 1, column: 39 + statement.length - 1 + 2 } },
  ])
})

test('AdministratorAccess, as recorded', () => {
  const text = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "*",
      "Resource": "*"
    }
  ]
}`
  expect(statementPositions(text)).toEqual([{ start: { line: 3, column: 17 }, end: { line: 8, column: 6 } }])
})

test('several statements, with braces in strings and nested objects', () => {
  const text = `{"Id":"Statement{","Statement":[
{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringEquals":{"a:b":"}\\"]"}}},
{"Effect":"Deny","Action":"*","Resource":"*"}],"Version":"2012-10-17"}`
  expect(statementPositions(text)).toEqual([
    { start: { line: 1, column: 33 }, end: { line: 2, column: 91 } },
    { start: { line: 2, column: 91 }, end: { line: 3, column: 46 } },
  ])
})
