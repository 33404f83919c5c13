import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { lab, temporaryFolder } from './world-for-tests.ts'

test('list: every lab with its steps, points and needs', async () => {
  const { exitCode, stdout, stderr } = await lab(['list'])
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
  expect(stdout).toMatch(/^identity-policies +7 steps · 4 points · needs ecr-repositories$/m)
})

test('list --json', async () => {
  const { stdout } = await lab(['list', '--json'])
  const document = JSON.parse(stdout)
  expect(document).toMatchObject({ schemaVersion: 1, exitCode: 0 })
  expect(document.labs[1]).toEqual({
    id: 'identity-policies',
    title: 'Manage access to ECR repositories with IAM identity-based policies',
    source: 'Workshop page "Managing access to ECR repos using IAM Identity-based policies"',
    steps: 7,
    points: 4,
    needs: ['ecr-repositories'],
  })
})

test('show: what each step makes and what must come of it', async () => {
  const { exitCode, stdout } = await lab(['show', 'identity-policies'])
  expect(exitCode).toBe(0)
  expect(stdout).toContain('makes role ecr_access_teama_role')
  expect(stdout).toContain('gives the identity ecrTester')
  expect(stdout).toContain('must be denied: because no identity-based policy allows the ecr:ListImages action')
})

test('show --format cli: commands a shell can read, ARNs of earlier steps foreseen', async () => {
  const { stdout } = await lab(['show', 'identity-policies', '--format', 'cli'])
  expect(stdout).toContain('aws iam create-role --role-name ecr_access_teama_role')
  expect(stdout).toContain('--policy-arn arn:aws:iam::111122223333:policy/ecr_access_testing')
  expect(stdout).toContain('aws ecr list-images --repository-name team-b/alpine --profile ecrTester')
  expect(stdout).not.toContain('{{')
})

test('show --format cli: docker logs in as the identity of its step, and has an image to push', async () => {
  const { stdout } = await lab(['show', 'authorization-token', '--format', 'cli'])
  const [, step = ''] = stdout.split('# push-without-token-denied: as withoutToken, to be denied\n')
  const host = '111122223333.dkr.ecr.us-west-2.amazonaws.com'
  expect(step.split('\n').slice(0, 3)).toEqual([
    `bash -c 'tar --create --files-from=/dev/null | docker import - ${host}/team-token/alpine:v0'`,
    `bash -c 'aws ecr get-login-password --profile withoutToken | docker login --username AWS --password-stdin ${host}'`,
    `docker push ${host}/team-token/alpine:v0`,
  ])
  expect(stdout).not.toContain('get-login-password |')
})

test('show --format cli --target aws names no account', async () => {
  const { stdout } = await lab([
    'show',
    'identity-policies',
    '--format',
    'cli',
    '--target',
    'aws',
    '--region',
    'eu-west-1',
  ])
  expect(stdout).toContain('arn:aws:iam::ACCOUNT_ID:policy/ecr_access_testing')
  expect(stdout).not.toContain('111122223333')
})

test('show --var renames', async () => {
  const { stdout } = await lab(['show', 'identity-policies', '--var', 'names.role=mine'])
  expect(stdout).toContain('makes role mine')
})

test.each([[[]], [['identity-policies']], [['labs/identity-policies/lab.yaml']], [['labs.yaml']]])(
  'check %j',
  async files => {
    const { exitCode, stdout } = await lab(['check', ...files], { cwd: temporaryFolder({ labs: true }) })
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/^\d+ labs? without errors\n$/)
  },
)

test('check: every problem with its place, and a document of them', async () => {
  const cwd = temporaryFolder({ labs: true })
  const file = join(cwd, 'labs/identity-policies/lab.yaml')
  writeFileSync(file, readFileSync(file, 'utf8').replace('title:', 'titel:').replace('create-role:', 'crate-role:'))
  const { exitCode, stdout, stderr } = await lab(['check', '--json'], { cwd })
  expect(exitCode).toBe(2)
  expect(stderr).toContain('labs/identity-policies/lab.yaml:3:1: ')
  const { error, findings } = JSON.parse(stdout)
  expect(error).toMatchObject({ file: 'labs/identity-policies/lab.yaml', line: 3, column: 1 })
  expect(findings.length).toBeGreaterThan(1)
  expect(findings[0]).toMatchObject({ rule: error.code, message: error.message, severity: 'error', line: 3 })
})

test('status: a folder without runs, and one whose labs.yaml is broken', async () => {
  const cwd = temporaryFolder()
  expect(await lab(['status'], { cwd })).toEqual({ exitCode: 0, stdout: 'nothing is left of any run\n', stderr: '' })
  writeFileSync(join(cwd, 'labs.yaml'), 'labs: {')
  const { stdout } = await lab(['status', '--json'], { cwd })
  expect(JSON.parse(stdout)).toEqual({ schemaVersion: 1, exitCode: 0, runs: [] })
})

test('teardown of nothing removes nothing', async () => {
  const { exitCode, stdout } = await lab(['teardown'])
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: ' 0 things removed · nothing left\n' })
})

test('.env beside labs.yaml is read, and does not override what is set', async () => {
  const cwd = temporaryFolder({ labs: true })
  writeFileSync(join(cwd, '.env'), 'LAB_TARGET=nowhere\n')
  expect((await lab(['show', 'identity-policies'], { cwd })).stderr).toContain('LAB_TARGET is `nowhere`')
  expect((await lab(['show', 'identity-policies'], { cwd, env: { LAB_TARGET: 'sandbox' } })).exitCode).toBe(0)
})
