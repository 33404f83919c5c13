import { chmodSync, mkdirSync, symlinkSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { expect, test } from 'vitest'
import { bin, labProcess } from './process.ts'
import { packageFolder, temporaryFolder } from './world-for-tests.ts'

test('docs/writing-labs.md: its blocks run in order, and print what it says', async () => {
  const cwd = temporaryFolder()
  const programs = join(cwd, 'bin')
  mkdirSync(programs)
  chmodSync(bin, 0o755)
  symlinkSync(bin, join(programs, 'lab'))
  const page = join(packageFolder, 'docs/writing-labs.md')
  const env = { PATH: `${programs}${delimiter}${process.env.PATH}` }
  const { stdout, stderr, exitCode } = await labProcess(['run', page, '--json'], { cwd, env })
  const steps = JSON.parse(stdout || '{}').labs?.at(-1)?.steps ?? []
  const wrong = steps.filter(({ status }: { status: string }) => status !== 'passed')
  expect(
    wrong.map(({ line, title, diff, actual }: Record<string, unknown>) => ({ line, title, diff, actual })),
  ).toEqual([])
  expect(steps.length, stderr).toBeGreaterThanOrEqual(14)
  expect(exitCode).toBe(0)
}, 240_000)
