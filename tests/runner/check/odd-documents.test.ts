import fc from 'fast-check'
import { expect, test } from 'vitest'
import { repositoryPolicy, rolePolicy } from '../../../runner/check/example-lab.ts'
import { checkExample } from './check-example.ts'

const odd: [string, unknown][] = [
  ['nothing in it', {}],
  ['no list of statements', { Statement: 'all' }],
  ['a statement that is none', { Statement: [null, 1, []] }],
  ['an action without a service', { Statement: [{ Effect: 'Allow', Action: ['ListImages', 'ecr:', ':x', '*', ''] }] }],
  ['two colons', { Statement: { Effect: 'Deny', Action: 'ecr:List:Images*', Principal: '*', Resource: 'arn:' } }],
  [
    'a principal that is a number',
    { Statement: [{ Effect: 'Allow', Principal: { AWS: [1, null] }, Action: 'ecr:*' }] },
  ],
  ['a condition that is a text', { Statement: [{ Effect: 'Allow', Action: 'ecr:*', Condition: 'x' }] }],
  [
    'an operator without keys',
    { Statement: [{ Effect: 'Allow', Action: 'ecr:*', Condition: { StringEquals: null } }] },
  ],
  [
    'keys of JavaScript',
    { Statement: [{ Effect: 'Allow', Action: 'constructor:toString', Condition: { __proto__: {} } }] },
  ],
  [
    'a broken variable',
    {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'ecr:*', Resource: 'arn:aws:ecr:*:*:repository/${' }],
    },
  ],
]

test.each(odd)('%s: AWS refuses it, and no rule breaks over it', async (_, document) => {
  for (const example of [rolePolicy, repositoryPolicy]) {
    const { findings } = await checkExample(example(JSON.stringify(document)))
    expect(findings.map(({ rule }) => rule)).toContain('policy-refused')
  }
})

const element = fc.oneof(
  fc.constantFrom(
    '*',
    'ecr:*',
    'ecr:List*',
    'sts:AssumeRole',
    'Allow',
    'Deny',
    'arn:aws:ecr:*:*:repository/a',
    '${x}',
    '',
  ),
  fc.jsonValue({ maxDepth: 2 }),
)
const statement = fc.dictionary(
  fc.constantFrom('Sid', 'Effect', 'Action', 'NotAction', 'Resource', 'Principal', 'NotPrincipal', 'Condition', 'x'),
  fc.oneof(
    element,
    fc.array(element, { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('AWS', 'StringEquals'), element),
  ),
)

test('whatever stands in a document, the check says something of it or nothing, and never throws', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(statement, { maxLength: 3 }), async statements => {
      const document = JSON.stringify({ Version: '2012-10-17', Statement: statements }, null, 1)
      const { findings } = await checkExample(rolePolicy(document))
      expect(findings.every(({ message }) => message.length > 0)).toBe(true)
    }),
    { numRuns: 40, seed: 7 },
  )
}, 60_000)
