import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { lab, temporaryFolder } from '../world-for-tests.ts'

async function withOrphans(): Promise<string> {
  const cwd = temporaryFolder({ labs: true })
  await lab(['run', 'identity-policies'], { cwd })
  rmSync(join(cwd, '.lab', 'runs'), { recursive: true })
  return cwd
}

const anyAge = ['teardown', '--orphans', '--older-than', '0s']

test('without a terminal and --yes they are shown, and stay', async () => {
  const cwd = await withOrphans()
  const asked = await lab(anyAge, { cwd })
  expect(asked.exitCode).toBe(2)
  expect(asked.stdout).toContain('role ecr_access_teama_role (identity-policies, run ')
  expect(asked.stderr).toContain('without `--yes`')
  const removed = await lab([...anyAge, '--yes', '--json'], { cwd })
  expect(JSON.parse(removed.stdout)).toMatchObject({ exitCode: 0, removed: 4, leftovers: [] })
})

test('a dry run needs no --yes and removes nothing', async () => {
  const cwd = await withOrphans()
  const { exitCode, stdout } = await lab([...anyAge, '--dry-run'], { cwd })
  expect(exitCode).toBe(0)
  expect(stdout).toContain('aws iam delete-role --role-name ecr_access_teama_role')
  expect(JSON.parse((await lab([...anyAge, '--yes', '--json'], { cwd })).stdout).removed).toBe(4)
})

test('what is younger than a day stays unless told otherwise', async () => {
  const { exitCode, stdout } = await lab(['teardown', '--orphans', '--yes'], { cwd: await withOrphans() })
  expect({ exitCode, stdout }).toMatchObject({
    exitCode: 0,
    stdout: expect.stringContaining('no orphans older than 24 h'),
  })
})

test.each([
  ['--orphans identity-policies', '`--orphans` with a lab or a run'],
  ['--orphans --run x', '`--orphans` with a lab or a run'],
  ['--older-than 1h', '`--older-than` without `--orphans`'],
  ['--target sandbox', '`--target` without `--orphans`'],
  ['--orphans --older-than soon', '`--older-than soon` is not an age'],
])('lab teardown %s is refused', async (line, message) => {
  const { exitCode, stderr } = await lab(['teardown', ...line.split(' ')])
  expect(exitCode).toBe(2)
  expect(stderr).toContain(message)
})
