import { expect, test } from 'vitest'
import { base32 } from '../../../sandbox/mfa/base32.ts'
import { codeAt, periodAfterBoth, periodOf, periodWithCode } from '../../../sandbox/mfa/totp.ts'

const seed = Buffer.from('12345678901234567890')

/** RFC 6238, appendix B, the last six digits. */
test.each([
  [59, '287082'],
  [1111111109, '081804'],
  [1111111111, '050471'],
  [1234567890, '005924'],
  [2000000000, '279037'],
  [20000000000, '353130'],
])('the code at second %i', (second, code) => {
  expect(codeAt(seed, periodOf(second * 1000))).toBe(code)
})

/** RFC 4648, section 10, without padding. */
test.each([
  ['', ''],
  ['f', 'MY'],
  ['fo', 'MZXQ'],
  ['foo', 'MZXW6'],
  ['foob', 'MZXW6YQ'],
  ['fooba', 'MZXW6YTB'],
  ['foobar', 'MZXW6YTBOI'],
])('base32 of %j', (text, expected) => {
  expect(base32(Buffer.from(text))).toBe(expected)
})

const now = 1_234_567_890_000
const current = periodOf(now)

test.each([
  [-2, null],
  [-1, current - 1],
  [0, current],
  [1, current + 1],
  [2, null],
])('a code of %i periods from now', (after, period) => {
  expect(periodWithCode(seed, codeAt(seed, current + after), now, 1)).toBe(period)
})

test.each([
  ['one after the other', -1, 0, current],
  ['the next one already', 0, 1, current + 1],
  ['the same twice', 0, 0, null],
  ['in the wrong order', 0, -1, null],
  ['one left out', -1, 1, null],
  ['too old', -4, -3, null],
])('two codes, %s', (_, first, second, period) => {
  const code = (after: number) => codeAt(seed, current + after)
  expect(periodAfterBoth(seed, code(first), code(second), now)).toBe(period)
})

test.each(['', '28708', '2870820', 'abcdef'])('%j is no code', code => {
  expect(periodWithCode(seed, code, 59_000, 1)).toBe(null)
})
