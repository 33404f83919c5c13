import { describe, expect, test } from 'vitest'
import { judgeOutput } from '../../../../runner/pages/compare/judge-output.ts'
import { commandOutcome } from '../../../../runner/pages/play/command-outcome.ts'

const judged = (shown: string | null, stdout: string, stderr = '', exitCode = 0) => {
  const result = { end: 'done', exitCode, stdout, stderr } as const
  return judgeOutput(shown, { outcome: commandOutcome('aws x', result, 1), exitCode, stdout, stderr })
}

const user = 'arn:aws:sts::111122223333:assumed-role/team/Testing'
const repository = 'arn:aws:ecr:us-west-2:111122223333:repository/team-b/alpine'
const refused = (reason: string) =>
  `\nAn error occurred (AccessDeniedException) when calling the ListImages operation: User: ${user} is not authorized to perform: ecr:ListImages on resource: ${repository} ${reason}\n`
const page = (reason: string) => `An error occurred (AccessDeniedException) when calling the ListImages operation:
User: arn:aws:sts::ACCOUNT_ID:assumed-role/team/Testing
is not authorized to perform: ecr:ListImages on resource:
arn:aws:ecr:us-east-1:ACCOUNT_ID:repository/team-b/alpine
${reason} <--`
const noPolicy = 'because no identity-based policy allows the ecr:ListImages action'
const explicit = 'with an explicit deny in a resource-based policy'

describe('denials', () => {
  test.each([
    ['the same reason', page(noPolicy), refused(noPolicy), true],
    ['another reason', page(explicit), refused(noPolicy), false],
    ['another principal', page(noPolicy).replace('/team/', '/other/'), refused(noPolicy), false],
    ['another resource', page(noPolicy).replace('team-b', 'team-a'), refused(noPolicy), false],
    [
      'another error',
      page(noPolicy),
      '\nAn error occurred (RepositoryNotFoundException) when calling the ListImages operation: x\n',
      false,
    ],
  ])('%s', (_, shown, stderr, passed) => {
    expect(judged(shown, '', stderr, 254).passed).toBe(passed)
  })
  test('a call that is allowed is no denial', () => expect(judged(page(noPolicy), '{}').passed).toBe(false))
})

const image = (digest: string, tag = 'v1') => ({
  imageIds: [{ imageDigest: `sha256:${digest.repeat(64)}`, imageTag: tag }],
})

describe('JSON', () => {
  test.each([
    ['another digest', image('a'), image('b'), true],
    ['another tag', image('a'), image('a', 'v2'), false],
    ['more members', { a: 1 }, { a: 1, b: 2 }, true],
    ['a member that is missing', { a: 1, b: 2 }, { a: 1 }, false],
    ['a list that is longer', { l: [1] }, { l: [1, 2] }, false],
    ['a list that is empty', { l: [1] }, { l: [] }, false],
    ['a list in another order', { l: ['a', 'b'] }, { l: ['b', 'a'] }, true],
    [
      'account and region of an ARN',
      { Arn: 'arn:aws:ecr:us-east-1:123456789012:repository/x' },
      { Arn: 'arn:aws:ecr:us-west-2:111122223333:repository/x' },
      true,
    ],
    ['name of an ARN', { Arn: 'arn:aws:iam::123456789012:role/x' }, { Arn: 'arn:aws:iam::111122223333:role/y' }, false],
    ['placeholders', { Arn: 'arn:aws:iam::ACCOUNT_ID:role/x' }, { Arn: 'arn:aws:iam::111122223333:role/x' }, true],
    ['unique ids', { UserId: 'AROAEXAMPLEEXAMPLE12:s' }, { UserId: 'AROA1234567890ABCDEF:s' }, true],
    ['a name in place of an id', { UserId: 'AROAEXAMPLEEXAMPLE12' }, { UserId: 'bob' }, false],
    ['dates', { CreateDate: '2024-01-01T00:00:00+00:00' }, { CreateDate: '2026-11-22T10:00:00Z' }, true],
    ['dates as numbers', { createdAt: 1700000000.0 }, { createdAt: '2026-11-22T10:00:00.1+00:00' }, true],
    [
      'secrets',
      { Credentials: { SecretAccessKey: 'xxx', SessionToken: '...' } },
      { Credentials: { SecretAccessKey: 'abc', SessionToken: 'd' } },
      true,
    ],
    ['a text and a number', { a: '1' }, { a: 1 }, false],
  ])('%s', (_, shown, actual, passed) => {
    expect(judged(JSON.stringify(shown, null, 4), JSON.stringify(actual)).passed).toBe(passed)
  })
  test('no JSON', () => expect(judged('{"a": 1}', 'None\n').passed).toBe(false))
  test('what differs is named', () =>
    expect(judged(JSON.stringify(image('a')), JSON.stringify(image('a', 'v2'))).differences).toEqual([
      { field: 'output.imageIds[0].imageTag', expected: '"v1"', actual: '"v2"' },
    ]))
})

describe('text', () => {
  test.each([
    ['the same', 'a b', 'a b\n', true],
    ['columns of another width', 'REPOSITORY   TAG\nx   v1', 'REPOSITORY TAG\nx  v1\n', true],
    ['a table of the CLI', '------\n|  A  |\n+-----+\n|  x  |', '--------\n|  A    |\n+-------+\n|  x    |\n', true],
    ['an elision', 'a\n...\nd', 'a\nb\nc\nd\n', true],
    ['lines in between', 'Login Succeeded', 'WARNING! unencrypted\nLogin Succeeded\n', true],
    ['a line that is missing', 'a\nb', 'a\n', false],
    ['another order', 'a\nb', 'b\na\n', false],
    ['an ARN', 'arn:aws:iam::123456789012:role/x', 'arn:aws:iam::111122223333:role/x\n', true],
    ['another ARN', 'arn:aws:iam::123456789012:role/x', 'arn:aws:iam::111122223333:role/y\n', false],
    ['a placeholder in a line', 'Pushed <IMAGE> to x', 'Pushed alpine:3 to x\n', true],
  ])('%s', (_, shown, stdout, passed) => {
    expect(judged(shown, stdout).passed).toBe(passed)
  })
})

describe('what is shown decides how a command must end', () => {
  test.each([
    ['nothing is shown, it succeeds', null, 'x', '', 0, true],
    ['nothing is shown, it fails', null, '', 'x', 1, false],
    ['JSON is shown, it fails', '{"a": 1}', '{"a": 1}', '', 1, false],
    ['its own error is shown', 'cat: x: No such file', '', 'cat: x: No such file', 1, true],
    [
      "an error of AWS's is shown",
      'An error occurred (EntityAlreadyExists) when calling the CreateRole operation: Role with name x already exists.',
      '',
      '\nAn error occurred (EntityAlreadyExists) when calling the CreateRole operation: Role with name x already exists.',
      254,
      true,
    ],
    [
      'another error comes',
      'An error occurred (EntityAlreadyExists) when calling the CreateRole operation: x',
      '',
      '\nAn error occurred (MalformedPolicyDocument) when calling the CreateRole operation: x',
      254,
      false,
    ],
  ])('%s', (_, shown, stdout, stderr, exitCode, passed) => {
    expect(judged(shown, stdout, stderr, exitCode).passed).toBe(passed)
  })
})

test.each([
  ['timeout', null, ''],
  ['interrupted', null, ''],
  ['timeout', 'half of it', 'half of it'],
] as const)('%s, %j shown: no exit status is told, there was none', (end, shown, stdout) => {
  const result = { end, exitCode: null, stdout, stderr: '' } as const
  const verdict = judgeOutput(shown, { ...result, outcome: commandOutcome('sleep 9', result, 1000) })
  expect(verdict).toMatchObject({ passed: false, differences: [] })
  expect(verdict.actual).toMatch(/did not end within 1 s|interrupted/)
})
