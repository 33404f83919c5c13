import { describe, expect, test } from 'vitest'
import { type Grammar, meansTheSame, PolicyError } from '../../../policy/index.ts'

const account = '111122223333'
const base = { Effect: 'Allow', Action: ['ecr:ListImages', 'ecr:GetItem'], Resource: '*' }
const document = (...statements: object[]) => ({ Version: '2012-10-17', Statement: statements })
const repository = (Principal: unknown, more: object = {}) =>
  document({ Effect: 'Allow', Principal, Action: 'ecr:ListImages', ...more })
const when = (Condition: object) => document({ ...base, Condition })

type Row = [what: string, a: string | object, b: string | object, grammar?: Grammar]

describe('forms that do not matter', () => {
  test.each<Row>([
    ['text or object', JSON.stringify(document(base), null, 4), document(base)],
    ['order of statements', document(base, { ...base, Effect: 'Deny' }), document({ ...base, Effect: 'Deny' }, base)],
    ['a statement twice', document(base, base), document(base)],
    [
      'order and repetition in a list',
      document(base),
      document({ ...base, Action: ['ecr:GetItem', 'ecr:ListImages', 'ecr:GetItem'] }),
    ],
    [
      'one or a list of one',
      document({ ...base, Action: 'ecr:A', Resource: ['*'] }),
      { Version: '2012-10-17', Statement: { ...base, Action: ['ecr:A'] } },
    ],
    [
      'case of actions',
      document({ ...base, Action: 'ECR:listimages' }),
      document({ ...base, Action: 'ecr:ListImages' }),
    ],
    ['Sid and Id', { ...document({ ...base, Sid: 'a' }), Id: 'x' }, document(base)],
    ['an empty Condition', document({ ...base, Condition: {} }), document(base)],
    [
      'case of condition keys',
      when({ StringEquals: { 'aws:UserName': 'a' } }),
      when({ StringEquals: { 'aws:username': ['a'] } }),
    ],
    [
      'ArnEquals and ArnLike',
      when({ ArnEquals: { 'aws:SourceArn': 'arn:aws:s3:::b' } }),
      when({ ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::b' } }),
    ],
    [
      'JSON booleans',
      when({ Bool: { 'aws:SecureTransport': true } }),
      when({ Bool: { 'aws:SecureTransport': 'TRUE' } }),
    ],
    [
      'entries spread over statements',
      document(base),
      document({ ...base, Action: 'ecr:ListImages' }, { ...base, Action: 'ecr:GetItem' }),
    ],
    ['a Version without variables', document(base), { ...document(base), Version: '2008-10-17' }],
    [
      'account id and root ARN',
      repository({ AWS: account }),
      repository({ AWS: [`arn:aws:iam::${account}:root`] }),
      'trust',
    ],
    ['"*" and {"AWS":"*"}', repository('*'), repository({ AWS: '*' }), 'repository'],
    ['no Resource and "*"', repository('*'), repository('*', { Resource: '*' }), 'repository'],
  ])('%s', (_, a, b, grammar = 'identity') => {
    expect(meansTheSame(a, b, grammar)).toEqual({ same: true, differences: [] })
  })
})

describe('differences', () => {
  test.each<[...Row, path: string]>([
    ['effect', document(base), document({ ...base, Effect: 'Deny' }), 'identity', 'Statement[0].Effect'],
    [
      'an action less',
      document(base),
      document({ ...base, Action: 'ecr:ListImages' }),
      'identity',
      'Statement[0].Action',
    ],
    [
      'a wider action',
      document({ ...base, Action: 'ecr:List*' }),
      document({ ...base, Action: 'ecr:*' }),
      'identity',
      'Statement[0].Action',
    ],
    [
      'case of resources',
      document({ ...base, Resource: 'arn:aws:ecr:us-west-2:1:repository/a' }),
      document({ ...base, Resource: 'arn:aws:ecr:us-west-2:1:repository/A' }),
      'identity',
      'Statement[0].Resource',
    ],
    [
      'NotResource',
      document({ ...base, Resource: 'arn:aws:s3:::b' }),
      document({ Effect: 'Allow', Action: base.Action, NotResource: 'arn:aws:s3:::b' }),
      'identity',
      'Statement[0].Resource',
    ],
    [
      'a condition',
      document(base),
      when({ Bool: { 'aws:SecureTransport': 'true' } }),
      'identity',
      'Statement[0].Condition',
    ],
    [
      'a modifier',
      when({ Bool: { 'aws:SecureTransport': 'true' } }),
      when({ BoolIfExists: { 'aws:SecureTransport': 'true' } }),
      'identity',
      'Statement[0].Condition',
    ],
    [
      'case of values',
      when({ StringEquals: { 'aws:username': 'a' } }),
      when({ StringEquals: { 'aws:username': 'A' } }),
      'identity',
      'Statement[0].Condition',
    ],
    [
      'a Version with variables',
      document({ ...base, Resource: 'arn:aws:s3:::${aws:username}' }),
      { ...document({ ...base, Resource: 'arn:aws:s3:::${aws:username}' }), Version: '2008-10-17' },
      'identity',
      'Version',
    ],
    [
      'a statement too many',
      document(base),
      document(base, { ...base, Effect: 'Deny', Action: 's3:*' }),
      'identity',
      'Statement[1]',
    ],
    [
      'a statement too few',
      document(base, { ...base, Effect: 'Deny', Action: 's3:*' }),
      document(base),
      'identity',
      'Statement[1]',
    ],
    [
      'a principal',
      repository({ AWS: `arn:aws:iam::${account}:role/a` }),
      repository({ AWS: `arn:aws:iam::${account}:role/b` }),
      'repository',
      'Statement[0].Principal',
    ],
    [
      'kinds of principals',
      repository({ Service: 'ecr.amazonaws.com' }),
      repository({ Federated: 'ecr.amazonaws.com' }),
      'trust',
      'Statement[0].Principal',
    ],
    [
      'NotAction spread is not the same',
      document({ Effect: 'Allow', NotAction: ['a:b', 'c:d'], Resource: '*' }),
      document(
        { Effect: 'Allow', NotAction: 'a:b', Resource: '*' },
        { Effect: 'Allow', NotAction: 'c:d', Resource: '*' },
      ),
      'identity',
      'Statement[0].NotAction',
    ],
    [
      'conditions are not spread',
      when({ StringEquals: { 'a:b': '1', 'c:d': '2' } }),
      document(
        { ...base, Condition: { StringEquals: { 'a:b': '1' } } },
        { ...base, Condition: { StringEquals: { 'c:d': '2' } } },
      ),
      'identity',
      'Statement[0].Condition',
    ],
  ])('%s', (_, a, b, grammar, path) => {
    const { same, differences } = meansTheSame(a, b, grammar ?? 'identity')
    expect(same).toBe(false)
    expect(differences.map(difference => difference.path)).toContain(path)
  })

  test('are said with what was expected and what was found', () => {
    const other = document({ ...base, Resource: 'arn:aws:s3:::b', Action: 'ecr:*' })
    expect(meansTheSame(document(base), other, 'identity').differences).toEqual([
      { path: 'Statement[0].Action', expected: 'ecr:getitem, ecr:listimages', actual: 'ecr:*' },
      { path: 'Statement[0].Resource', expected: '*', actual: 'arn:aws:s3:::b' },
    ])
  })
})

test.each<[string, object, Grammar]>([
  ['a principal in an identity policy', repository('*', { Resource: '*' }), 'identity'],
  ['no principal in a trust policy', document(base), 'trust'],
  ['no resource in an identity policy', document({ Effect: 'Allow', Action: '*' }), 'identity'],
])('%s is not compared', (_, wrong, grammar) => {
  expect(() => meansTheSame(wrong, wrong, grammar)).toThrow(PolicyError)
})
