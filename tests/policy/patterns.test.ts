import { describe, expect, test } from 'vitest'
import { allow, answer, session } from './cases.ts'

const allowed = (given: Parameters<typeof answer>[0]) => answer(given) === 'allowed'

describe('actions', () => {
  test.each([
    ['ecr:ListImages', 'ecr:ListImages', true],
    ['ECR:listimages', 'ecr:ListImages', true],
    ['ecr:List*', 'ecr:ListImages', true],
    ['ecr:*Images', 'ecr:ListImages', true],
    ['ecr:*st*ges', 'ecr:ListImages', true],
    ['ecr:List?mages', 'ecr:ListImages', true],
    ['ecr:ListImages?', 'ecr:ListImages', false],
    ['ecr:List', 'ecr:ListImages', false],
    ['*', 'ecr:ListImages', true],
    ['*:*', 'ecr:ListImages', true],
    ['ecr-public:*', 'ecr:ListImages', false],
  ])('%s covers %s: %s', (Action, action, expected) => {
    expect(allowed({ identity: [allow({ Action })], action })).toBe(expected)
    const { Action: NotAction } = { Action }
    expect(allowed({ identity: [allow({ NotAction })], action })).toBe(!expected)
  })
})

const arn = 'arn:aws:ecr:us-west-2:111122223333:repository/team-a/alpine'

describe('resources', () => {
  test.each([
    ['*', arn, true],
    ['*', '*', true],
    ['arn:aws:ecr:*:*:*', '*', false],
    [arn, arn, true],
    [`${arn}x`, arn, false],
    [arn, `${arn}x`, false],
    [arn.toUpperCase().replace('ARN:AWS', 'arn:aws'), arn, false],
    ['arn:aws:ecr:us-west-2:111122223333:repository/team-a/*', arn, true],
    ['arn:aws:ecr:us-west-2:111122223333:repository/*', arn, true],
    ['arn:aws:ecr:us-west-2:111122223333:repository/*/alpine', arn, true],
    ['arn:aws:ecr:us-west-2:111122223333:repository/team-?/alpine', arn, true],
    ['arn:aws:ecr:us-west-2:111122223333:repository/team-??/alpine', arn, false],
    ['arn:aws:ecr:us-west-2:111122223333:repository/*', 'arn:aws:ecr:us-west-2:111122223333:repository/a:b', true],
    ['arn:aws:ecr:us-east-1:111122223333:repository/*', arn, false],
    ['arn:aws:ecr:*:111122223333:repository/*', arn, true],
    ['arn:aws:ecr:us-*-2:111122223333:repository/*', arn, true],
    ['arn:aws:ecr:us-????-2:111122223333:repository/*', arn, true],
    ['arn:aws:ecr:us-w*2:111122223333:repository/*', arn, true],
    ['arn:aws:ecr:us*3333:repository/*', arn, false],
    ['arn:aws:ecr:us-west-2?111122223333:repository/*', arn, false],
    ['arn:aws:ecr:*:repository/team-a/alpine', arn, true],
    ['arn:aws:ecr:*', arn, true],
    ['arn:aws:ecr', arn, true],
    ['arn:aws:s3', arn, false],
    ['arn:aws:ecr:us-west-2:111122223333:repository/team-*', 'arn:aws:ecr:us-west-2:111122223333:repository/*', false],
    ['arn:aws:ecr:us-west-2:111122223333:repository/*', 'arn:aws:ecr:us-west-2:111122223333:repository/*', true],
  ])('%s covers %s: %s', (Resource, resource, expected) => {
    expect(allowed({ identity: [allow({ Resource })], resource })).toBe(expected)
    expect(allowed({ identity: [allow({ NotResource: Resource })], resource })).toBe(!expected)
  })
})

describe('policy variables in resources', () => {
  const context = { 'aws:PrincipalTag/team': 'a', 'ex:many': ['a'], 'ex:star': '*', 'ex:colon': 'a:b' }
  const resource = (name: string) => `arn:aws:ecr:us-west-2:111122223333:repository/${name}`
  test.each([
    ['${aws:username}/app', 'alice/app', true],
    ['${AWS:USERNAME}/app', 'alice/app', true],
    ['${aws:username}/app', 'bob/app', false],
    ['${aws:PrincipalTag/team}/*', 'a/x/y', true],
    ['${aws:PrincipalTag/none}/*', '/x', false],
    ["${aws:PrincipalTag/none, 'all'}/x", 'all/x', true],
    ["${aws:PrincipalTag/team, 'all'}/x", 'all/x', false],
    ['x${*}y', 'x*y', true],
    ['x${*}y', 'xzy', false],
    ['x${?}y', 'x?y', true],
    ['x${?}y', 'xzy', false],
    ['x${$}y', 'x$y', true],
    ['${ex:many}', 'a', false],
    ['${ex:star}', '*', true],
    ['${ex:star}', 'anything', false],
    ['${ex:colon}', 'a:b', true],
    ['*/${aws:username}', 'x/alice', true],
  ])('%s covers %s: %s', (pattern, name, expected) => {
    expect(allowed({ identity: [allow({ Resource: resource(pattern) })], resource: resource(name), context })).toBe(
      expected,
    )
  })

  test('a variable without a value matches nothing, not even for NotResource', () => {
    const NotResource = resource('${aws:username}/*')
    expect(allowed({ identity: [allow({ NotResource })], resource: resource('x'), principal: session() })).toBe(true)
  })

  test('before the fifth colon it is plain text', () => {
    const Resource = 'arn:aws:ecr:${aws:RequestedRegion}:111122223333:repository/*'
    const asked = {
      identity: [allow({ Resource })],
      resource: resource('x'),
      context: { 'aws:RequestedRegion': 'us-west-2' },
    }
    expect(allowed(asked)).toBe(false)
  })
})

describe('policy variables in conditions', () => {
  const ask = (operator: string, value: string, actual?: string) =>
    allowed({
      identity: [allow({ Condition: { [operator]: { 'ex:key': value } } })],
      context: actual === undefined ? {} : { 'ex:key': actual },
    })
  test.each([
    ['StringEquals', '${aws:username}', 'alice', true],
    ['StringEquals', '${aws:username}', 'bob', false],
    ['StringEqualsIgnoreCase', '${aws:username}', 'ALICE', true],
    ['StringLike', '${aws:username}-*', 'alice-1', true],
    ['StringEquals', '${ex:none}', 'alice', false],
    ['StringNotEquals', '${ex:none}', 'alice', true],
    ['StringNotLike', '${ex:none}*', 'alice', true],
    ['StringEquals', "${ex:none, 'x'}", 'x', true],
    ['StringEquals', 'a${*}b', 'a*b', true],
    ['StringLike', 'a${*}b', 'axb', false],
    ['ArnLike', 'arn:aws:iam::${aws:PrincipalAccount}:role/*', 'arn:aws:iam::111122223333:role/r', true],
    ['ArnLike', 'arn:aws:iam::${ex:none}:role/*', 'arn:aws:iam::111122223333:role/r', false],
    ['ArnNotLike', 'arn:aws:iam::${ex:none}:role/*', 'arn:aws:iam::111122223333:role/r', true],
    ['Bool', '${aws:PrincipalIsAWSService}', 'false', true],
  ])('%s %s meets %s: %s', (operator, value, actual, expected) => {
    expect(ask(operator, value, actual)).toBe(expected)
  })
})
