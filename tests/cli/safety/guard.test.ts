import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openTarget } from '../../../runner/index.ts'
import { type Sandbox, startSandbox } from '../../../sandbox/index.ts'
import { type Meddler, meddle } from '../../faults/meddler.ts'
import { lab, packageFolder, temporaryFolder } from '../world-for-tests.ts'

/** An account that stands for a real one, with all that is sent to it written down. */
let sandbox: Sandbox
let account: Meddler
let cwd: string
const environment = { ...process.env }

beforeEach(async () => {
  cwd = temporaryFolder({ labs: true })
  sandbox = await startSandbox({ directory: join(cwd, 'account') })
  account = await meddle(sandbox.endpoint, () => null)
  const { accessKeyId = '', secretAccessKey = '' } = sandbox.accounts[0]?.admin ?? {}
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey })
})
afterEach(async () => {
  process.env = { ...environment }
  await account.close()
  await sandbox.close()
})

const onAws = (line: string, env: Record<string, string> = {}) =>
  lab([...line.split(' '), '--target', 'aws', '--endpoint-url', account.endpoint], { cwd, env })

const original = readFileSync(join(packageFolder, 'labs.yaml'), 'utf8')

/** Writes the guard of labs.yaml anew. */
function guardWith(guard: string) {
  const file = join(cwd, 'labs.yaml')
  writeFileSync(file, original.replace(/^guard:\n(?: {2}.*\n)+/m, `guard: ${guard}\n`))
}

const ours = '"111122223333"'
const refusals: [string, string, Record<string, string>][] = [
  ['nobody has named an account', '{}', {}],
  ['labs.yaml names another', '{ accounts: ["999999999999"] }', {}],
  ['the environment names another', '{}', { LAB_AWS_ACCOUNTS: '999999999999' }],
  ['both name others', '{ accounts: ["999999999999"] }', { LAB_AWS_ACCOUNTS: '888888888888,777777777777' }],
  ['another region', `{ accounts: [${ours}], regions: [eu-west-1] }`, {}],
  [
    'another region, the account from the environment',
    '{ regions: [eu-west-1] }',
    { LAB_AWS_ACCOUNTS: '111122223333' },
  ],
  ['it has no alias', `{ accounts: [${ours}], alias: "*sandbox*" }`, {}],
]

const commands = [
  'run identity-policies --yes',
  'run identity-policies --isolate --teardown --yes',
  'run identity-policies --dry-run',
  'verify identity-policies',
  'teardown --orphans --older-than 0s --yes',
]

test.each(refusals.flatMap(row => commands.map(command => [...row, command] as const)))(
  '%s (%s, %j): lab %s is refused with 5, and sends nothing that changes',
  async (_, guard, env, command) => {
    guardWith(guard)
    const { exitCode, stderr } = await onAws(command, env)
    expect(exitCode, stderr).toBe(5)
    expect(stderr).toContain('hint: ')
    expect(account.seen.filter(operation => !/GetCallerIdentity|ListAccountAliases/.test(operation))).toEqual([])
  },
)

test('an alias that does not match, and one that does', async () => {
  const target = await openTarget({
    ...{ name: 'sandbox', region: 'us-west-2', endpoint: sandbox.endpoint, identities: {}, environment: {} },
    caller: sandbox.accounts[0]?.admin ?? { accessKeyId: '', secretAccessKey: '' },
  })
  await target.caller.call('iam:CreateAccountAlias', { AccountAlias: 'company-production' })
  target.close()
  guardWith(`{ accounts: [${ours}], alias: "*sandbox*" }`)
  expect(await onAws('verify ecr-repositories')).toMatchObject({
    exitCode: 5,
    stderr: expect.stringContaining('`company-production`'),
  })
  guardWith(`{ accounts: [${ours}], alias: "company-*" }`)
  expect((await onAws('verify ecr-repositories')).exitCode).not.toBe(5)
})

test('a teardown goes to no account but that of its run', async () => {
  guardWith(`{ accounts: [${ours}] }`)
  expect((await onAws('run ecr-repositories --yes')).exitCode).toBe(0)
  const partner = sandbox.accounts[1]?.admin ?? { accessKeyId: '', secretAccessKey: '' }
  process.env.AWS_ACCESS_KEY_ID = partner.accessKeyId
  process.env.AWS_SECRET_ACCESS_KEY = partner.secretAccessKey
  account.seen.length = 0
  const { exitCode } = await lab(['teardown'], { cwd })
  expect(exitCode).toBe(5)
  expect(account.seen).toEqual(['GetCallerIdentity'])
})
