import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { printable, printableLine } from '../../../cli/show/printable.ts'
import { lab, temporaryFolder } from '../world-for-tests.ts'

test.each([
  ['a colour', '\u001b[31mred', '\\u001b[31mred'],
  ['a title of the window', '\u001b]0;t\u0007', '\\u001b]0;t\\u0007'],
  ['the second set', '\u009b31m', '\\u009b31m'],
  ['a carriage return', 'a\rb', 'a\\u000db'],
  ['writing turned round', 'a\u202eb', 'a\\u202eb'],
  ['line ends and tabs', 'a\n\tb', 'a\n\tb'],
  ['words of any language', 'żółw 貓 👩‍🔬', 'żółw 貓 👩‍🔬'],
])('%s', (_, text, shown) => expect(printable(text)).toBe(shown))

test('a line keeps its own colours, and nothing else that acts', () =>
  expect(printableLine('\u001b[1mlab\u001b[22m\u001b[2J')).toBe('\u001b[1mlab\u001b[22m\\u001b[2J'))

test.each(['check', 'list', 'run a'])('lab %s: what a YAML file says does not reach the terminal raw', async line => {
  const cwd = temporaryFolder()
  mkdirSync(join(cwd, 'labs/a'), { recursive: true })
  writeFileSync(join(cwd, 'labs/a/lab.yaml'), '')
  writeFileSync(join(cwd, 'labs.yaml'), 'labs: [a]\n"ke\\e[31my": 1\ntarget: "x\\u009b31m\\e]0;t\\a"\n')
  const { exitCode, stdout, stderr } = await lab(line.split(' '), { cwd })
  expect(exitCode).toBe(2)
  expect(stdout + stderr).toContain('ke\\u001b[31my')
  expect(stdout + stderr).not.toMatch(/(?!\n)\p{Cc}/u)
})
