import { expect, test } from 'vitest'
import { type FileDocument, resolveTemplates, type Scope } from '../../../runner/definition/index.ts'

const scope: Scope = {
  names: { role: 'r', quoted: 'a "b" \\ c\n', tricky: '{{account}}' },
  vars: { n: 5, yes: true, list: ['a', 'b'], map: { k: 'v' }, none: null },
  steps: { policy: { Policy: { Arn: 'arn:p', Tags: [{ Key: 'k' }] } } },
  account: '111122223333',
  region: 'us-west-2',
  run: { id: 'x1f3', suffix: '-x1f3' },
  identities: { tester: { arn: 'arn:t', account: '111122223333' } },
  env: { HOME: '/h' },
}

const file = (text: string): FileDocument => ({
  document: 'file',
  file: '/x/p.json',
  name: 'p.json',
  text,
  answer: false,
})

test.each<[string, unknown, unknown]>([
  ['text without templates', 'plain', 'plain'],
  ['a whole value keeps its type', '{{vars.n}}', 5],
  ['a whole list', '{{vars.list}}', ['a', 'b']],
  ['a whole map, spaces in the braces', ' {{ vars.map }} ', { k: 'v' }],
  ['inside a text', 'n={{vars.n}} {{vars.yes}}', 'n=5 true'],
  ['several', '{{names.role}}{{run.suffix}}@{{region}}', 'r-x1f3@us-west-2'],
  ['a list entry', '{{steps.policy.Policy.Tags[0].Key}}', 'k'],
  ['identity', '{{identities.tester.arn}}', 'arn:t'],
  ['env', '{{env.HOME}}', '/h'],
  [
    'deep, keys too',
    { a: [{ 'x{{vars.n}}': '{{names.role}}' }], b: 1, c: null, d: true },
    { a: [{ x5: 'r' }], b: 1, c: null, d: true },
  ],
  ['what was put in is not looked at again', '{{names.tricky}} {{names.tricky}}', '{{account}} {{account}}'],
  ['IAM variables stay', 'arn:{{account}}:user/${aws:username}', 'arn:111122223333:user/${aws:username}'],
  ['a document is its text', file('{"R":"{{steps.policy.Policy.Arn}}"}'), '{"R":"arn:p"}'],
  ['escaped in a JSON string', file('{"R":"x{{names.quoted}}"}'), '{"R":"xa \\"b\\" \\\\ c\\n"}'],
  [
    'a value in JSON outside of a string',
    file('{"R":{{vars.list}},"\\"{{vars.n}}":{{vars.n}}}'),
    '{"R":["a","b"],"\\"5":5}',
  ],
  ['escaped in JSON written as a string', '{"R":"{{names.quoted}}"}', '{"R":"a \\"b\\" \\\\ c\\n"}'],
  ["a participant's own document", { ...file('{"R":"{{account}}"}'), verbatim: true }, '{"R":"{{account}}"}'],
])('%s', (_, value, expected) => expect(resolveTemplates(value, scope)).toEqual(expected))

test.each([
  '{{names.nope}}',
  'x {{steps.policy.Policy.Nope}}',
  '{{steps.later.A}}',
  '{{vars.none}}',
  '{{env.NOPE}}',
  '{{names}}',
  '{{nope.a}}',
  '{{names.constructor}}',
  'a {{names.role',
  '{{__proto__.a}}',
])('%s is refused', template => {
  expect(() => resolveTemplates(template, scope)).toThrow(expect.objectContaining({ exitCode: 2, code: 'template' }))
})
