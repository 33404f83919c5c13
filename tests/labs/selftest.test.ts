import { expect, test } from 'vitest'
import { lab, temporaryFolder } from '../cli/world-for-tests.ts'

test('lab selftest --all: every lab is a good test, and every statement is exercised', async () => {
  const cwd = temporaryFolder({ labs: true })
  const { exitCode, stdout } = await lab(['selftest', '--all', '--json'], { cwd })
  const { labs } = JSON.parse(stdout)
  const lost = labs.flatMap((each: { statements: { exercised: boolean }[] }) =>
    each.statements.filter(({ exercised }) => !exercised),
  )
  expect(lost).toEqual([])
  expect(labs.filter(({ passed }: { passed: boolean }) => !passed)).toEqual([])
  expect(labs.length).toBeGreaterThanOrEqual(13)
  expect(exitCode).toBe(0)
}, 300_000)
