import { expect, test } from 'vitest'
import { atBothEnds, indented, labelled, parted, wrap } from '../../../cli/show/wrap.ts'

test.each([
  ['one two three', 7, ['one two', 'three']],
  ['one two three', 13, ['one two three']],
  ['one arn:aws:iam::111122223333:role/long two', 10, ['one', 'arn:aws:iam::111122223333:role/long', 'two']],
  ['  folds \n white   space ', null, ['folds white space']],
  ['', 10, ['']],
])('wrap %j at %s', (text, width, lines) => {
  expect(wrap(text, width)).toEqual(lines)
})

test('indented and labelled lines stay under their text', () => {
  expect(indented('aa bb cc dd ee ff gg hh', '  ', 22)).toEqual(['  aa bb cc dd ee ff gg', '  hh'])
  expect(labelled('hint  ', 'aa bb cc dd ee ff gg hh', ' ', 27)).toEqual([' hint  aa bb cc dd ee ff gg', '       hh'])
})

test.each([
  ['left', 'right', 12, ['left   right']],
  ['left', 'right', 10, ['left', '     right']],
  ['left', '', 3, ['left']],
])('%s and %s on %s columns', (left, right, width, lines) => {
  expect(atBothEnds(left, right, width)).toEqual(lines)
})

test('parts break only between them', () => {
  expect(parted(['11 steps as expected', '4/4 points', 'kept: 1 role, 1 policy'], ' ', 40)).toEqual([
    ' 11 steps as expected · 4/4 points ·',
    ' kept: 1 role, 1 policy',
  ])
})
