import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { exportLines, quoteBash } from '../../../cli/shell/quote.ts'

const words = [
  'plain',
  'team-a/alpine',
  'a b',
  "it's",
  '',
  '$HOME and `id`',
  '{"a": ["b"]}',
  'line\nbreak',
  '"',
  '\\',
  '*',
  '!x',
]

test.each(words)('bash reads %j back', word => {
  expect(execFileSync('sh', ['-c', `printf %s ${quoteBash(word)}`], { encoding: 'utf8' })).toBe(word)
})

test('a variable alone stays one', () => {
  expect(quoteBash('$UPLOAD_ID')).toBe('"$UPLOAD_ID"')
})

test.each([
  ['bash', ["export A='it'\\''s'", 'unset B']],
  ['powershell', ["$env:A = 'it''s'", 'Remove-Item Env:B -ErrorAction SilentlyContinue']],
  ['cmd', ['set "A=it\'s"', 'set "B="']],
] as const)('exports for %s', (shell, lines) => {
  expect(exportLines({ A: "it's", B: null }, shell)).toEqual(lines)
})
