import { expect, test } from 'vitest'
import { markedWords } from '../../../reports/page/marked-words.ts'

test.each([
  ['a b c', 'a x c', 'a <mark>b</mark> c', 'a <mark>x</mark> c'],
  ['same words', 'same words', 'same words', 'same words'],
  ['a b c', 'c', '<mark>a b</mark> c', 'c'],
  ['', 'new', '', '<mark>new</mark>'],
  ['<i>', '&', '<mark>&lt;i&gt;</mark>', '<mark>&amp;</mark>'],
])('%j against %j', (left, right, expected, actual) => {
  expect(markedWords(left, right)).toEqual({ expected, actual })
})

test('texts too long to compare are shown without marks', () => {
  const long = 'word '.repeat(500)
  expect(markedWords(long, 'x').actual).toBe('x')
})
