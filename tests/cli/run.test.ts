import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { lab, temporaryFolder } from './world-for-tests.ts'

const plain = (text: string) => !text.includes('\u001b')

test('a run, what it left, its environment, and its teardown', async () => {
  const cwd = temporaryFolder({ labs: true })
  const run = await lab(['run', 'identity-policies', '--report', 'json=out/report.json'], { cwd })
  expect({ exitCode: run.exitCode, stderr: run.stderr }).toEqual({ exitCode: 0, stderr: '' })
  expect(plain(run.stdout)).toBe(true)
  expect(run.stdout).toMatch(/^AccessLab · sandbox · account 111122223333 · us-west-2 · run \w+\n/)
  expect(run.stdout).toContain('▸ because no identity-based policy allows the ecr:ListImages action\n')
  expect(run.stdout).toMatch(/11 steps as expected · 4\/4 points · .* · kept: 2 repositories, 1 role, 1 policy\n/)
  const report = JSON.parse(readFileSync(join(cwd, 'out/report.json'), 'utf8'))
  expect(report).toMatchObject({ schemaVersion: 1, command: 'run', exitCode: 0 })

  const env = await lab(['env', 'identity-policies', '--shell', 'bash'], { cwd })
  expect(env.stdout).toContain(`export AWS_SHARED_CREDENTIALS_FILE=${cwd}/.lab/runs/${report.runId}/credentials\n`)
  expect(env.stdout).toContain('export AWS_PROFILE=ecrTester\n')
  expect(env.stderr).toContain('the sandbox is not running')

  const status = JSON.parse((await lab(['status', '--json'], { cwd })).stdout)
  expect(status.runs.map(({ runId }: { runId: string }) => runId)).toEqual([report.runId])

  const dry = await lab(['teardown', '--dry-run'], { cwd })
  expect(dry.stdout).toContain(`would remove role ecr_access_teama_role (run ${report.runId})`)

  const teardown = await lab(['teardown', '--json'], { cwd })
  expect(JSON.parse(teardown.stdout)).toMatchObject({ schemaVersion: 1, exitCode: 0, leftovers: [] })
  expect((await lab(['status'], { cwd })).stdout).toBe('nothing is left of any run\n')
})

test('--json: one document on stdout, lines on stderr', async () => {
  const { exitCode, stdout, stderr } = await lab(['run', 'ecr-repositories', '--teardown', '--json'])
  expect(exitCode).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({ command: 'run', leftovers: [], labs: [{ id: 'ecr-repositories' }] })
  expect(stderr).toContain('AccessLab · sandbox')
})

test('--quiet: the first line and the summary', async () => {
  const { stdout } = await lab(['run', 'ecr-repositories', '--teardown', '--quiet'])
  expect(stdout.split('\n').map(line => line.split(' · ')[0])).toEqual(['AccessLab', ' 4 steps as expected', ''])
})

test('a terminal: colours, and the same lines in the end', async () => {
  const { exitCode, stdout } = await lab(['run', 'identity-policies', '--teardown'], { columns: 90 })
  expect(exitCode).toBe(0)
  expect(stdout).toContain('\u001b[32m✔\u001b[39m create-role')
  expect(stdout).toContain('▸ because no identity-based policy allows the ecr:ListImages action')
})

test.each([
  [{ NO_COLOR: '1' }, []],
  [{}, ['--no-color']],
  [{ CI: 'true', NO_COLOR: '1' }, []],
])('a terminal with %j %j has no colours', async (env, flags) => {
  const { stdout } = await lab(['run', 'ecr-repositories', '--teardown', ...flags], { columns: 90, env })
  for (const colour of [31, 32, 1, 2]) expect(stdout).not.toContain(`\u001b[${colour}m`)
})

test('sandbox reset empties the account, and no run has anything left', async () => {
  const cwd = temporaryFolder()
  await lab(['run', 'identity-policies'], { cwd })
  const { exitCode, stdout } = await lab(['sandbox', 'reset'], { cwd })
  expect({ exitCode, stdout }).toEqual({
    exitCode: 0,
    stdout: 'the sandbox is empty: accounts 111122223333, 444455556666\n',
  })
  expect((await lab(['status'], { cwd })).stdout).toBe('nothing is left of any run\n')
  expect((await lab(['teardown'], { cwd })).exitCode).toBe(0)
})

test('verify of what is not there fails, and makes nothing', async () => {
  const cwd = temporaryFolder()
  const { exitCode, stdout } = await lab(['verify', 'identity-policies'], { cwd })
  expect(exitCode).toBe(1)
  expect(stdout).toContain('expected')
  expect(existsSync(join(cwd, '.lab', 'runs'))).toBe(false)
})

test('sandbox log: who, what, and which statement decided', async () => {
  const cwd = temporaryFolder()
  expect((await lab(['sandbox', 'log'], { cwd })).stderr).toContain('no call has been made')
  await lab(['run', 'repository-policies', '--teardown'], { cwd })
  const { stdout } = await lab(['sandbox', 'log'], { cwd })
  expect(stdout).toMatch(
    /ecr_access_teama_role\/ECR-Access-Testing +ecr:ListImages .*explicitDeny {2}Deny, statement 1/,
  )
  const raw = (await lab(['sandbox', 'log', '--json'], { cwd })).stdout.trim().split('\n')
  expect(raw.map(line => JSON.parse(line)).some(({ operation }) => operation === 'CreateRole')).toBe(true)
})
