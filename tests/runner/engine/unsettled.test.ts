import { expect, test } from 'vitest'
import { unsettledReason } from '../../../runner/engine/unsettled.ts'

const given = { within: 8_000, stays: 10_000, interrupted: false }

test.each([
  ['as expected, not for long enough', { verdict: { passed: true } }, /as expected.*10 s of `stays`.*8 s of `within`/],
  ['never twice the same', { verdict: { passed: false } }, /differed.*8 s of `within`/],
  [
    'there, and not to be read',
    { verdict: { passed: false }, unseen: true },
    /lost.*could not be read .*8 s of `within`/,
  ],
  ['ended from outside', { verdict: { passed: true }, interrupted: true }, /^interrupted/],
])('%s', (_, more, reason) => expect(unsettledReason({ ...given, ...more })).toMatch(reason))
