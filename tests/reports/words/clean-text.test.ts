import { expect, test } from 'vitest'
import { cleanText, escaped, oneLine } from '../../../reports/words/clean-text.ts'

test.each([
  ['plain', 'plain'],
  ['\u001b[1;31mred\u001b[0m', 'red'],
  ['\u001b]8;;http://x\u0007link\u001b]8;;\u001b\\', 'link'],
  ['\u001b]0;never ended', ''],
  ['a\u0000b\u0007c\u007fd\u009be', 'abcde'],
  ['tab\tand\r\nline\rend', 'tab\tand\nline\nend'],
  ['half \ud800 and whole 🎉', 'half  and whole 🎉'],
  ['\u202eturned\u2069', 'turned'],
  ['\ufffe\uffff', ''],
])('%j is written as %j', (text, clean) => {
  expect(cleanText(text)).toBe(clean)
})

test('markup is text, in a body and in an attribute', () => {
  expect(escaped('<a href="x">&]]>')).toBe('&lt;a href=&quot;x&quot;&gt;&amp;]]&gt;')
})

test('one line has no line end', () => {
  expect(oneLine(' a\n\tb\r\n c ')).toBe('a b c')
})
