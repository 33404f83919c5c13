import { describe, expect, test } from 'vitest'
import type { ContextValue } from '../../../policy/index.ts'
import { allow, answer } from '../cases.ts'

type Row = readonly [operator: string, values: unknown, actual: ContextValue | undefined, holds: boolean]

const holds = (operator: string, values: unknown, actual: ContextValue | undefined) =>
  answer({
    identity: [allow({ Condition: { [operator]: { 'ex:Key': values } } })],
    context: actual === undefined ? {} : { 'ex:key': actual },
  }) === 'allowed'

const check = (rows: readonly Row[]) =>
  test.each(rows.map(row => [row]))('%j', ([operator, values, actual, expected]) => {
    expect(holds(operator, values, actual)).toBe(expected)
  })

describe('strings', () => {
  check([
    ['StringEquals', 'abc', 'abc', true],
    ['StringEquals', 'abc', 'Abc', false],
    ['StringEquals', 'a*', 'abc', false],
    ['StringEquals', ['x', 'abc'], 'abc', true],
    ['StringEquals', 5, '5', true],
    ['StringEquals', true, 'true', true],
    ['StringEquals', [], 'abc', false],
    ['StringNotEquals', 'abc', 'abc', false],
    ['StringNotEquals', ['x', 'abc'], 'abc', false],
    ['StringNotEquals', ['x', 'y'], 'abc', true],
    ['StringNotEquals', 'abc', 'ABC', true],
    ['StringEqualsIgnoreCase', 'ABC', 'abc', true],
    ['StringEqualsIgnoreCase', 'ABC', 'abd', false],
    ['StringNotEqualsIgnoreCase', 'ABC', 'abc', false],
    ['StringNotEqualsIgnoreCase', 'ABC', 'abd', true],
    ['StringLike', 'a*c', 'abbc', true],
    ['StringLike', 'a*c', 'ac', true],
    ['StringLike', 'a?c', 'ac', false],
    ['StringLike', 'a?c', 'abc', true],
    ['StringLike', 'A*', 'abc', false],
    ['StringLike', 'a*', 'a:b/c', true],
    ['StringLike', '', '', true],
    ['StringNotLike', 'a*', 'abc', false],
    ['StringNotLike', 'a*', 'xabc', true],
  ])
})

describe('numbers', () => {
  check([
    ['NumericEquals', '10', 10, true],
    ['NumericEquals', 10, '10.0', true],
    ['NumericEquals', '-1.5', '-1.5', true],
    ['NumericEquals', '10', 'ten', false],
    ['NumericNotEquals', '10', '11', true],
    ['NumericNotEquals', '10', '10', false],
    ['NumericNotEquals', '10', 'ten', true],
    ['NumericLessThan', '10', '9', true],
    ['NumericLessThan', '10', '10', false],
    ['NumericLessThanEquals', '10', '10', true],
    ['NumericLessThanEquals', '10', '10.01', false],
    ['NumericGreaterThan', '10', '10', false],
    ['NumericGreaterThan', '9', '10', true],
    ['NumericGreaterThanEquals', '10', '10', true],
    ['NumericGreaterThanEquals', '10', '9.9', false],
  ])
})

describe('dates', () => {
  check([
    ['DateEquals', '2020-01-01T00:00:00Z', '2020-01-01T01:00:00+01:00', true],
    ['DateEquals', '2020-01-01T00:00:00Z', '1577836800', true],
    ['DateEquals', '1577836800', '2020-01-01', true],
    ['DateEquals', '2020', '2020-01-01T00:00Z', true],
    ['DateEquals', '2020-02', '2020-02-01T00:00:00.000Z', true],
    ['DateEquals', '2020-01-01T00:00:00.5Z', 1577836800.5, true],
    ['DateEquals', '2020-01-01', 'yesterday', false],
    ['DateNotEquals', '2020-01-01', '2020-01-02', true],
    ['DateNotEquals', '2020-01-01', '2020-01-01', false],
    ['DateLessThan', '2020-01-01T00:00:00Z', '2019-12-31T23:59:59Z', true],
    ['DateLessThan', '2020-01-01T00:00:00Z', '2020-01-01T00:00:00Z', false],
    ['DateLessThanEquals', '2020-01-01T00:00:00Z', '2020-01-01T00:00:00Z', true],
    ['DateLessThanEquals', '2020-01-01T00:00:00Z', '2020-01-01T00:00:01Z', false],
    ['DateGreaterThan', '2020-01-01T00:00:00Z', '2020-01-01T00:00:00.001Z', true],
    ['DateGreaterThan', '2020-01-01T00:00:00Z', '2020-01-01T00:00:00Z', false],
    ['DateGreaterThanEquals', '2020-01-01T00:00:00Z', '2020-01-01T00:00:00Z', true],
    ['DateGreaterThanEquals', '2020-01-01T00:00:00Z', '2019-12-31T23:30:00-01:00', true],
  ])
})

describe('Bool and BinaryEquals', () => {
  check([
    ['Bool', 'true', 'true', true],
    ['Bool', true, true, true],
    ['Bool', 'TRUE', 'true', true],
    ['Bool', 'false', 'true', false],
    ['Bool', 'false', 'no', false],
    ['Bool', ['true', 'false'], 'false', true],
    ['BinaryEquals', 'QmluYXJ5', 'QmluYXJ5', true],
    ['BinaryEquals', 'QmluYXJ5', 'Qmluyxj5', false],
    ['BinaryEquals', 'QQ==', 'QQ', true],
    ['BinaryEquals', 'QQ==', '***', false],
  ])
})

describe('addresses', () => {
  check([
    ['IpAddress', '203.0.113.0/24', '203.0.113.255', true],
    ['IpAddress', '203.0.113.0/24', '203.0.114.0', false],
    ['IpAddress', '203.0.113.77/24', '203.0.113.1', true],
    ['IpAddress', '203.0.113.9', '203.0.113.9', true],
    ['IpAddress', '203.0.113.9', '203.0.113.10', false],
    ['IpAddress', '0.0.0.0/0', '8.8.8.8', true],
    ['IpAddress', '0.0.0.0/0', '2001:db8::1', false],
    ['IpAddress', '::/0', '8.8.8.8', false],
    ['IpAddress', '2001:db8::/32', '2001:0DB8:0:0:0:0:0:1', true],
    ['IpAddress', '2001:db8::/32', '2001:db9::1', false],
    ['IpAddress', '2001:db8::1', '2001:db8:0:0::1', true],
    ['IpAddress', '::ffff:1.2.3.0/120', '::ffff:1.2.3.4', true],
    ['IpAddress', '203.0.113.0/24', 'nowhere', false],
    ['IpAddress', ['10.0.0.0/8', '203.0.113.0/24'], '10.1.2.3', true],
    ['NotIpAddress', '203.0.113.0/24', '203.0.113.1', false],
    ['NotIpAddress', '203.0.113.0/24', '198.51.100.1', true],
    ['NotIpAddress', ['10.0.0.0/8', '203.0.113.0/24'], '203.0.113.1', false],
  ])
})

describe('ARNs', () => {
  const arn = 'arn:aws:sns:us-west-2:123456789012:topic/a:b'
  check([
    ['ArnEquals', arn, arn, true],
    ['ArnEquals', 'arn:aws:sns:*:123456789012:topic/*', arn, true],
    ['ArnLike', 'arn:aws:sns:us-west-?:*:*', arn, true],
    ['ArnLike', 'arn:aws:sns:*:topic/a:b', arn, false],
    ['ArnLike', 'arn:aws:*', arn, false],
    ['ArnLike', '*', arn, false],
    ['ArnLike', 'arn:aws:SNS:us-west-2:123456789012:*', arn, false],
    ['ArnLike', '*:*:*:*:*:*', 'no arn', false],
    ['ArnNotEquals', arn, arn, false],
    ['ArnNotEquals', arn, `${arn}x`, true],
    ['ArnNotLike', 'arn:aws:sns:*:*:*', arn, false],
    ['ArnNotLike', 'arn:aws:sns:*:*:*', 'no arn', true],
  ])
})

describe('keys that are absent', () => {
  const positive = [
    ...['StringEquals', 'StringLike', 'StringEqualsIgnoreCase', 'NumericEquals', 'NumericLessThan', 'DateEquals'],
    ...['DateGreaterThan', 'Bool', 'BinaryEquals', 'IpAddress', 'ArnEquals', 'ArnLike'],
  ]
  const negated = [
    ...['StringNotEquals', 'StringNotLike', 'StringNotEqualsIgnoreCase', 'NumericNotEquals', 'DateNotEquals'],
    ...['NotIpAddress', 'ArnNotEquals', 'ArnNotLike'],
  ]
  const value = (operator: string) => {
    if (/Ip/.test(operator)) return '10.0.0.0/8'
    if (operator === 'Bool') return 'true'
    return operator === 'BinaryEquals' ? 'QQ==' : '2020'
  }
  check([
    ...positive.map((operator): Row => [operator, value(operator), undefined, false]),
    ...negated.map((operator): Row => [operator, value(operator), undefined, true]),
    ...[...positive, ...negated].map((operator): Row => [`${operator}IfExists`, value(operator), undefined, true]),
    ['StringEqualsIfExists', 'a', 'b', false],
    ['StringEqualsIfExists', 'a', 'a', true],
    ['StringNotEqualsIfExists', 'a', 'a', false],
    ['StringEquals', 'a', [], false],
    ['StringNotEquals', 'a', [], true],
    ['Null', 'true', undefined, true],
    ['Null', 'false', undefined, false],
    ['Null', 'true', 'x', false],
    ['Null', 'false', 'x', true],
    ['Null', false, ['x'], true],
    ['Null', 'true', [], true],
    ['Null', ['true', 'false'], 'x', true],
  ])
})

describe('several values', () => {
  check([
    ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'b'], true],
    ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'c'], false],
    ['ForAllValues:StringEquals', ['a', 'b'], undefined, true],
    ['ForAllValues:StringEquals', ['a', 'b'], [], true],
    ['ForAllValues:StringEquals', ['a', 'b'], [''], true],
    ['ForAllValues:StringEquals', ['a', 'b'], 'a', true],
    ['ForAllValues:StringNotEquals', ['a'], ['b', 'c'], true],
    ['ForAllValues:StringNotEquals', ['a'], ['b', 'a'], false],
    ['ForAllValues:StringNotEquals', ['a'], undefined, true],
    ['ForAnyValue:StringEquals', ['a'], ['b', 'a'], true],
    ['ForAnyValue:StringEquals', ['a'], ['b', 'c'], false],
    ['ForAnyValue:StringEquals', ['a'], undefined, false],
    ['ForAnyValue:StringEquals', ['a'], [], false],
    ['ForAnyValue:StringNotEquals', ['a'], ['a', 'b'], true],
    ['ForAnyValue:StringNotEquals', ['a'], ['a'], false],
    ['ForAnyValue:StringNotEquals', ['a'], undefined, false],
    ['ForAnyValue:StringEqualsIfExists', ['a'], undefined, true],
    ['ForAllValues:StringLike', ['a*'], ['ab', 'ac'], true],
    ['ForAnyValue:ArnLike', ['arn:aws:iam::*:role/*'], ['x', 'arn:aws:iam::111122223333:role/r'], true],
    ['StringEquals', 'a', ['a'], false],
    ['StringNotEquals', 'a', ['b'], false],
    ['StringEqualsIfExists', 'a', ['a'], false],
  ])
})

test('operators and keys are all needed, values are alternatives', () => {
  const Condition = {
    StringEquals: { 'ex:a': ['1', '2'], 'ex:b': 'x' },
    Bool: { 'ex:c': 'true' },
  }
  const ask = (context: Record<string, string>) => answer({ identity: [allow({ Condition })], context })
  expect(ask({ 'ex:a': '2', 'ex:b': 'x', 'ex:c': 'true' })).toBe('allowed')
  expect(ask({ 'ex:a': '3', 'ex:b': 'x', 'ex:c': 'true' })).toBe('implicitDeny: identity-based')
  expect(ask({ 'ex:a': '1', 'ex:b': 'y', 'ex:c': 'true' })).toBe('implicitDeny: identity-based')
  expect(ask({ 'ex:a': '1', 'ex:b': 'x', 'ex:c': 'false' })).toBe('implicitDeny: identity-based')
})
