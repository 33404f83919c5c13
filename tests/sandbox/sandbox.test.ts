import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ECRClient, ListImagesCommand } from '@aws-sdk/client-ecr'
import { CreateRoleCommand, GetRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { accounts } from '../../sandbox/accounts.ts'
import { openAccounts, resetSandbox, type Sandbox, startSandbox } from '../../sandbox/index.ts'
import { openState } from '../../sandbox/state/lmdb-store.ts'

let directory: string
const running: Sandbox[] = []
const start = async (options: { port?: number } = {}): Promise<Sandbox> => {
  const sandbox = await startSandbox({ directory, ...options })
  running.push(sandbox)
  return sandbox
}
const config = (sandbox: Sandbox) => ({
  endpoint: sandbox.endpoint,
  region: sandbox.region,
  // A copy: the SDK writes into what it is given.
  credentials: { accessKeyId: '', secretAccessKey: '', ...sandbox.accounts[0]?.admin },
  maxAttempts: 1,
})

const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'sts:AssumeRole' }],
})
const createRole = new CreateRoleCommand({ RoleName: 'kept', AssumeRolePolicyDocument: trust })
const getRole = new GetRoleCommand({ RoleName: 'kept' })

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'accesslab-sandbox-'))
})
afterEach(async () => {
  for (const sandbox of running.splice(0)) await sandbox.close()
  rmSync(directory, { recursive: true, force: true })
})

test('its accounts are the same for everybody who opens the folder', async () => {
  const sandbox = await start()
  expect(sandbox.accounts.map(({ id }) => id)).toEqual(['111122223333', '444455556666'])
  expect(await openAccounts(directory)).toEqual(sandbox.accounts)
  expect(sandbox).toMatchObject({ region: 'us-west-2', endpoint: `http://127.0.0.1:${sandbox.port}` })
})

test('what one server acknowledged, another one and a later one serve', async () => {
  const first = await start()
  const second = await start()
  await new IAMClient(config(first)).send(createRole)
  expect((await new IAMClient(config(second)).send(getRole)).Role?.RoleName).toBe('kept')
  for (const sandbox of running.splice(0)) await sandbox.close()
  expect((await new IAMClient(config(await start())).send(getRole)).Role?.RoleName).toBe('kept')
})

test('reset empties it under a running server, and the admin’s key goes on', async () => {
  const sandbox = await start()
  const iam = new IAMClient(config(sandbox))
  await iam.send(createRole)
  expect(await resetSandbox(directory)).toEqual(sandbox.accounts)
  await expect(iam.send(getRole)).rejects.toMatchObject({ Code: 'NoSuchEntity' })
})

test('the state of another version is refused, and a reset gets over it', async () => {
  const old = openState(directory)
  old.write(store =>
    store.put(
      accounts,
      { id: '111122223333', adminAccessKeyId: 'AKIA', rootAccessKeyId: 'AKIA', createdAt: 0 },
      '111122223333',
    ),
  )
  await old.close()
  await expect(start()).rejects.toThrow(/was made by another version of this tool$/)
  await resetSandbox(directory)
  expect((await start()).accounts).toHaveLength(2)
})

test('a port that is taken gives one clear error', async () => {
  const { port } = await start()
  await expect(start({ port })).rejects.toThrow(/^port \d+ on 127.0.0.1 cannot be used: /)
})

test('it counts requests', async () => {
  const sandbox = await start()
  await new STSClient(config(sandbox)).send(new GetCallerIdentityCommand({}))
  expect(sandbox.requests()).toBe(1)
})

test('the log tells who did what and which statement decided, and no secret is on the disk', async () => {
  const sandbox = await start()
  const sts = new STSClient(config(sandbox))
  await new IAMClient(config(sandbox)).send(createRole)
  const { Credentials } = await sts.send(
    new AssumeRoleCommand({ RoleArn: 'arn:aws:iam::111122223333:role/kept', RoleSessionName: 'tester' }),
  )
  const session = {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  }
  const denied = new ECRClient({ ...config(sandbox), credentials: session }).send(
    new ListImagesCommand({ repositoryName: 'team-a' }),
  )
  await expect(denied).rejects.toMatchObject({ name: 'AccessDeniedException' })
  for (const one of running.splice(0)) await one.close()

  const lines = readFileSync(join(directory, 'log.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map(line => JSON.parse(line))
  expect(lines).toMatchObject([
    {
      operation: 'CreateRole',
      caller: 'arn:aws:iam::111122223333:user/admin',
      status: 200,
      checks: [{ decision: 'allowed', statements: [{ policy: 'AdministratorAccess', index: 0, effect: 'Allow' }] }],
    },
    { operation: 'AssumeRole', code: null },
    {
      operation: 'ListImages',
      caller: 'arn:aws:sts::111122223333:assumed-role/kept/tester',
      status: 400,
      code: 'AccessDeniedException',
      checks: [{ action: 'ecr:ListImages', decision: 'implicitDeny', policyType: 'identity-based' }],
    },
  ])
  const secrets = [
    session.secretAccessKey,
    session.sessionToken,
    ...sandbox.accounts.map(({ admin }) => admin.secretAccessKey),
  ]
  for (const file of readdirSync(directory).filter(name => !['blobs', 'uploads'].includes(name))) {
    const text = readFileSync(join(directory, file)).toString('latin1')
    for (const secret of secrets) expect(text.includes(secret), file).toBe(false)
  }
})
