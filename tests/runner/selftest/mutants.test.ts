import { expect, test } from 'vitest'
import { mutantsOf } from '../../../runner/selftest/mutants.ts'
import type { PolicyDocument, Standing } from '../../../runner/selftest/policy-documents.ts'
import { quoteTemplates, unquoteTemplates } from '../../../runner/selftest/quoted-templates.ts'

const document = (statements: object[], standing: Standing = 'in force'): PolicyDocument => ({
  file: 'policies/a.json',
  standing,
  json: JSON.stringify({ Version: '2012-10-17', Statement: statements }),
  lineOf: () => 1,
  replaced: () => {
    throw new Error('not asked for')
  },
})

const never = { 'aws:PrincipalTag/accesslab-selftest': 'never' }
const list = { Effect: 'Allow', Action: 'ecr:ListImages', Resource: '*' }

test.each<[string, object, [words: string, statement: object][]]>([
  [
    'taken out: it asks for what nobody has, since a document without statements would be refused',
    list,
    [
      ['the statement taken out', { ...list, Condition: { StringEquals: never } }],
      ['Deny instead of Allow', { ...list, Effect: 'Deny' }],
    ],
  ],
  [
    'each of several values, and each condition',
    {
      Effect: 'Deny',
      Principal: { AWS: ['{{steps.a.Role.Arn}}', '{{steps.b.Role.Arn}}'] },
      Action: ['ecr:PutImage', 'ecr:ListImages'],
      Condition: { StringEquals: { 'aws:PrincipalTag/team': 'a' } },
    },
    [
      ['the statement taken out', { Condition: { StringEquals: { 'aws:PrincipalTag/team': 'a', ...never } } }],
      ['Allow instead of Deny', { Effect: 'Allow' }],
      ['without the action ecr:PutImage', { Action: ['ecr:ListImages'] }],
      ['without the action ecr:ListImages', { Action: ['ecr:PutImage'] }],
      ['without the principal {{steps.a.Role.Arn}}', { Principal: { AWS: ['{{steps.b.Role.Arn}}'] } }],
      ['without the principal {{steps.b.Role.Arn}}', { Principal: { AWS: ['{{steps.a.Role.Arn}}'] } }],
      ['without the condition on aws:PrincipalTag/team', { Condition: {} }],
    ],
  ],
])('%s', (_, statement, expected) => {
  const mutants = mutantsOf(document([statement, list])).filter(mutant => mutant.statement === 0)
  expect(mutants.map(({ words, json }) => [words, JSON.parse(json).Statement])).toEqual(
    expected.map(([words, changed]) => [words, [{ ...statement, ...changed }, list]]),
  )
})

test('a document that is to be refused is exchanged as a whole for one that AWS takes', () => {
  const mutants = mutantsOf(document([list, list], 'refused'))
  expect(mutants.map(({ statement, json }) => [statement, JSON.parse(json).Statement.length])).toEqual(
    Array(3).fill([null, 1]),
  )
})

test('what nobody takes is not changed', () => {
  expect(mutantsOf(document([list], 'not taken'))).toEqual([])
})

test.each([
  ['{"Resource": ["{{names.a}}", {{vars.more}}]}', ['{{names.a}}', 'accesslab-value:{{vars.more}}']],
  ['{"Resource": "a\\"{{names.a}}"}', 'a"{{names.a}}'],
])('a template may stand for a value: %s', (text, value) => {
  const quoted = quoteTemplates(text)
  expect(JSON.parse(quoted).Resource).toEqual(value)
  expect(unquoteTemplates(JSON.stringify(JSON.parse(quoted)))).toBe(text.replaceAll(' ', ''))
})
