import { expect, test } from 'vitest'
import { jsonWithoutCommands, withoutCommands } from '../../../cli/show/github-log.ts'

/** As GitHub's runner reads a line of a log. */
const isCommand = (line: string): boolean => line.trimStart().startsWith('::') || line.includes('##[')

test.each([
  '::error::x',
  ' \t::stop-commands::x',
  '\u00a0\u2003::set-output name=a::b',
  'said: ##[error]x',
  '###[group]x',
  '##[##[warning]x',
  'first\n::error::second\n\n  ::error::fourth\n',
])('%j is no command any more', text => {
  expect(text.split('\n').some(isCommand)).toBe(true)
  const shown = withoutCommands(text)
  expect(shown.split('\n').filter(isCommand)).toEqual([])
  expect(JSON.parse(`"${shown.replace(/[\t\n]/g, ' ')}"`)).toBe(text.replace(/[\t\n]/g, ' '))
})

test.each(['arn:aws:iam::111122223333:role/x', 'a :: b', ': x', '## [x]'])('%j stays as it is', text => {
  expect(withoutCommands(text)).toBe(text)
})

test.each(['##[error]x', '\\##[error]', '"##[', '::error::'])('a JSON text with %j keeps its value', text => {
  const json = jsonWithoutCommands(JSON.stringify({ text }, null, 2))
  expect(json.split('\n').filter(isCommand)).toEqual([])
  expect(JSON.parse(json)).toEqual({ text })
})
