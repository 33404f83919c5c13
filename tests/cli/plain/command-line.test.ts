import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { plainCommandLine } from '../../../cli/plain/command-line.ts'
import { labProcess } from '../process.ts'
import { lab, packageFolder, temporaryFolder } from '../world-for-tests.ts'

const denial =
  'User: arn:aws:iam::111122223333:user/ann is not authorized to perform: ecr:ListImages because no identity-based policy allows the ecr:ListImages action'

describe('a line that takes no parser says what the parser’s way says', () => {
  test.each([
    [['list']],
    [['list', '--json']],
    [['list', '--no-color']],
    [['explain', denial]],
    [['explain', '--json', denial]],
    [['explain', 'nothing']],
  ])('%j', async argv => {
    expect(plainCommandLine(argv)).not.toBeNull()
    const { exitCode, stdout, stderr } = await lab(argv, { cwd: packageFolder })
    expect(await labProcess(argv, { cwd: packageFolder })).toEqual({ exitCode, stdout, stderr })
  })

  test('what is wrong with a lab is told in full', async () => {
    const cwd = temporaryFolder()
    mkdirSync(join(cwd, 'labs/one'), { recursive: true })
    writeFileSync(join(cwd, 'labs.yaml'), 'labs: [one]\n')
    writeFileSync(join(cwd, 'labs/one/lab.yaml'), 'id: one\ntitel: A lab\nsteps:\n  - get-caller-identity: {}\n')
    const { exitCode, stderr } = await labProcess(['list'], { cwd })
    expect(exitCode).toBe(2)
    expect(stderr).toContain('labs/one/lab.yaml:2:1: ')
  })
})

test.each([
  [['list', 'x']],
  [['list', '--quiet']],
  [['list', '--help']],
  [['--json', 'list']],
  [['explain']],
  [['explain', '-']],
  [['explain', '--jsonl', 'x']],
  [['explain', '--', 'x']],
  [['run']],
  [[]],
])('%j takes the parser', argv => {
  expect(plainCommandLine(argv)).toBeNull()
})
