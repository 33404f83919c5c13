import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { nodeVersion } from '../../../cli/doctor/machine.ts'
import { addAccount, startSandbox } from '../../../sandbox/index.ts'
import { lab, type Surroundings, temporaryFolder } from '../world-for-tests.ts'

interface Told {
  exitCode: number
  findings: { check: string; status: string; says: string; mend: string | null }[]
}

async function findings(argv: readonly string[], surroundings: Surroundings = {}) {
  const { stdout } = await lab(['doctor', ...argv, '--json'], surroundings)
  const { exitCode, findings: told } = JSON.parse(stdout) as Told
  return { exitCode, of: (check: string) => told.filter(each => each.check === check) }
}

test('on the sandbox all is ready', async () => {
  const { exitCode, stdout } = await lab(['doctor', 'identity-policies'])
  expect(exitCode).toBe(0)
  expect(stdout).toContain('ready')
  expect(stdout).not.toMatch(/[✖?] /)
})

test.each([
  ['20.18.9', 'problem'],
  ['18.20.0', 'problem'],
  ['20.19.0', 'ok'],
  ['24.1.0', 'ok'],
])('Node %s: %s', (version, status) => {
  expect(nodeVersion(version)).toMatchObject({ status })
})

test('leftovers, a lock of a process that is gone, a file that others may read', async () => {
  const cwd = temporaryFolder({ labs: true })
  await lab(['run', 'identity-policies'], { cwd })
  const { hostname } = await import('node:os')
  writeFileSync(join(cwd, '.lab/lock.json'), JSON.stringify({ pid: 2 ** 22 + 1, host: hostname(), id: 'dead' }))
  const home = join(cwd, 'home')
  mkdirSync(join(home, '.aws'), { recursive: true })
  writeFileSync(join(home, '.aws/credentials'), '')
  chmodSync(join(home, '.aws/credentials'), 0o644)
  const { exitCode, of } = await findings(['identity-policies'], { cwd, env: { HOME: home } })
  expect(exitCode).toBe(0)
  expect(of('leftovers')).toMatchObject([{ status: 'warning', mend: expect.stringContaining('lab teardown') }])
  expect(of('lock')).toMatchObject([{ status: 'warning', says: expect.stringContaining('is gone') }])
  expect(of('credentials-files')).toMatchObject([{ status: 'warning', mend: expect.stringMatching(/^chmod 600 /) }])
})

test('nothing listens: a problem of the credentials, exit 3', async () => {
  const env = { AWS_ACCESS_KEY_ID: 'AKIAEXAMPLEEXAMPLE00', AWS_SECRET_ACCESS_KEY: 'x'.repeat(40) }
  const before = { ...process.env }
  Object.assign(process.env, env)
  try {
    const { exitCode, of } = await findings(['--target', 'aws', '--endpoint-url', 'http://127.0.0.1:1'], { env })
    expect(exitCode).toBe(3)
    expect(of('credentials')).toMatchObject([{ status: 'problem', says: expect.stringContaining('ECONNREFUSED') }])
  } finally {
    for (const name of Object.keys(env)) if (before[name] === undefined) delete process.env[name]
  }
})

test('a real account that nobody has named, and a caller who may do nothing', async () => {
  const cwd = temporaryFolder({ labs: true })
  const sandbox = await startSandbox({ directory: join(cwd, 'account') })
  const { accessKeyId, secretAccessKey } = sandbox.accounts[0]?.admin ?? { accessKeyId: '', secretAccessKey: '' }
  const env = { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey }
  Object.assign(process.env, env)
  try {
    const line = ['identity-policies', '--target', 'aws', '--endpoint-url', sandbox.endpoint]
    const { exitCode, of } = await findings(line, { cwd, env })
    expect(exitCode).toBe(5)
    expect(of('guard')).toMatchObject([
      { status: 'problem', mend: expect.stringContaining('LAB_AWS_ACCOUNTS=111122223333') },
    ])
    expect(of('permissions')).toMatchObject([{ status: 'ok' }])
    expect(of('quotas')).toMatchObject([{ status: 'ok' }])
    expect(of('clock')).toMatchObject([{ status: 'ok' }])
    expect(await findings(line, { cwd, env: { ...env, LAB_AWS_ACCOUNTS: '111122223333' } })).toMatchObject({
      exitCode: 0,
    })
  } finally {
    for (const name of Object.keys(env)) delete process.env[name]
    await sandbox.close()
  }
})

test('what the organization refuses is told apart from what a policy of the account does', async () => {
  const cwd = temporaryFolder({ labs: true })
  const directory = join(cwd, 'account')
  const deny = { Version: '2012-10-17', Statement: { Effect: 'Deny', Action: 'iam:CreateRole', Resource: '*' } }
  const { admin } = await addAccount(directory, {
    id: '555566667777',
    scps: [{ name: 'no-roles', text: JSON.stringify(deny) }],
  })
  const sandbox = await startSandbox({ directory })
  const env = {
    AWS_ACCESS_KEY_ID: admin.accessKeyId,
    AWS_SECRET_ACCESS_KEY: admin.secretAccessKey,
    LAB_AWS_ACCOUNTS: '555566667777',
  }
  Object.assign(process.env, env)
  try {
    const line = ['identity-policies', '--target', 'aws', '--endpoint-url', sandbox.endpoint]
    const { exitCode, of } = await findings(line, { cwd, env })
    expect(exitCode).toBe(3)
    expect(of('organization')).toMatchObject([
      { status: 'problem', says: expect.stringContaining('iam:CreateRole'), mend: expect.stringContaining('sandbox') },
    ])
    expect(of('permissions')).toMatchObject([{ status: 'ok' }])
  } finally {
    for (const name of Object.keys(env)) delete process.env[name]
    await sandbox.close()
  }
})
