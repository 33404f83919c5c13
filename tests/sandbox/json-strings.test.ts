import { expect, test } from 'vitest'
import { replaceStrings } from '../../sandbox/json-strings.ts'

test.each([
  ['{"a":"x","b":["x",{"c":"x"}]}', '{"a":"<a>","b":["<b>",{"c":"<b.c>"}]}'],
  ['{ "a" :\n"x" ,"a":{"a":"x"},"z":"x"}', '{ "a" :\n"<a>" ,"a":{"a":"<a.a>"},"z":"<z>"}'],
  ['{"x":1,"y":true,"z":null,"x":"x"}', '{"x":1,"y":true,"z":null,"x":"<x>"}'],
  [
    '{"\\u0061":"\\u0078","q\\"":"x"}',
    '{"\\u0061":"<a>","q\\"":"<q\\">"}'.replace('<q\\">', '<q\\\\\\">').replace('\\\\\\"', '\\"'),
  ],
  ['["x","y"]', '["<>","y"]'],
  ['"x"', '"<>"'],
])('%s', (text, expected) => {
  expect(replaceStrings(text, (path, value) => (value === 'x' ? `<${path.join('.')}>` : null))).toBe(expected)
})

test('what is not replaced stays to the letter', () => {
  const text = ' {"a" : "\\u00e9\\/" , "b":[ 1e3 ,"{}[],:\\\\" ]}\n'
  expect(replaceStrings(text, () => null)).toBe(text)
})
