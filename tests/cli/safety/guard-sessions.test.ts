import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openTarget } from '../../../runner/index.ts'
import { type Sandbox, startSandbox } from '../../../sandbox/index.ts'
import { type Meddler, meddle } from '../../faults/meddler.ts'
import { linesOf, recordsIn } from '../../records-in.ts'
import { lab, temporaryFolder } from '../world-for-tests.ts'

const own = '111122223333'
const stranger = '444455556666'
const elsewhere = `arn:aws:iam::${stranger}:role/elsewhere`

/** Two accounts that stand for real ones, of which the guard names one; the other has a role that ours may assume, and that may do anything. */
let sandbox: Sandbox
let account: Meddler
let cwd: string
const environment = { ...process.env }

beforeEach(async () => {
  cwd = temporaryFolder()
  sandbox = await startSandbox({ directory: join(cwd, 'account') })
  const [caller, other] = sandbox.accounts
  if (!caller || !other) throw new Error('the sandbox has two accounts')
  await makeRole(other.admin)
  account = await meddle(sandbox.endpoint, () => null)
  const { accessKeyId, secretAccessKey } = caller.admin
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey })
})
afterEach(async () => {
  process.env = { ...environment }
  await account.close()
  await sandbox.close()
})

async function makeRole(caller: Sandbox['accounts'][number]['admin']) {
  const place = { name: 'sandbox', region: 'us-west-2', endpoint: sandbox.endpoint } as const
  const target = await openTarget({ ...place, identities: {}, environment: {}, caller })
  const statement = (more: object) =>
    JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...more }] })
  const role = { RoleName: 'elsewhere' }
  const made = [
    await target.caller.call('iam:CreateRole', {
      ...role,
      AssumeRolePolicyDocument: statement({ Principal: { AWS: own }, Action: 'sts:AssumeRole' }),
    }),
    await target.caller.call('iam:PutRolePolicy', {
      ...{ ...role, PolicyName: 'all' },
      PolicyDocument: statement({ Action: '*', Resource: '*' }),
    }),
  ]
  expect(made.map(({ outcome }) => outcome)).toEqual(['allowed', 'allowed'])
  target.close()
}

/** A lab of these steps, after one that makes a repository of our own. */
function labOf(steps: string, accounts = [own], vars = '') {
  mkdirSync(join(cwd, 'labs', 'far'), { recursive: true })
  writeFileSync(
    join(cwd, 'labs.yaml'),
    `labs: [far]\nguard: { accounts: ${JSON.stringify(accounts)} }\ntimings: { within: 5s, stays: 1ms }\n`,
  )
  const first = '  - id: ours\n    create-repository: { repository-name: ours }\n'
  writeFileSync(join(cwd, 'labs', 'far', 'lab.yaml'), `id: far\ntitle: Far\n${vars}steps:\n${first}${steps}`)
}

const run = (line: string) =>
  lab([...line.split(' '), '--target', 'aws', '--endpoint-url', account.endpoint], {
    cwd,
    env: { PATH: process.env.PATH },
  })

const session = (arn: string) =>
  `  - id: session\n    assume-role: { role-arn: "${arn}", role-session-name: far }\n    identity: other\n`
const change = '  - id: change\n    as: other\n    create-repository: { repository-name: theirs }\n'
const read = '  - id: read\n    as: other\n    describe-repositories: {}\n'
const byCall = (input: string, more = '') =>
  `  - id: change\n    call: { service: ecr, operation: PutImageTagMutability, input: ${input}${more} }\n`
const told = `  - id: told\n    command: { run: [printf, "${elsewhere}"], read-only: true }\n`

const harmless = /^(GetCallerIdentity|ListAccountAliases)$/
const madeBy = async () => linesOf(await recordsIn(join(cwd, 'account'))).filter(line => /"theirs"/.test(line))

const foreseen: [string, string, string][] = [
  ['a session of a role that is written out', session(elsewhere) + change, ''],
  ['of one that a variable names', session('{{vars.role}}') + change, `vars: { role: "${elsewhere}" }\n`],
  ['a change that must be denied', `${session(elsewhere)}${change}    deny: { decision: implicitDeny }\n`, ''],
  [
    'a registry of that account',
    byCall(`{ registryId: "${stranger}", repositoryName: theirs, imageTagMutability: MUTABLE }`),
    '',
  ],
  [
    'an undo that goes there',
    byCall(
      '{ repositoryName: ours, imageTagMutability: IMMUTABLE }',
      `, undo: { service: ecr, operation: PutImageTagMutability, input: { registryId: "${stranger}", repositoryName: theirs, imageTagMutability: MUTABLE } }`,
    ),
    '',
  ],
]

test.each(
  foreseen.flatMap(row =>
    ['run far --yes', 'run far --dry-run', 'run far --isolate --teardown --yes'].map(
      line => [row[0], line, row[1], row[2]] as const,
    ),
  ),
)('refused before the first change: %s (lab %s)', async (_, line, steps, vars) => {
  labOf(steps, [own], vars)
  const { exitCode, stderr } = await run(line)
  expect(exitCode, stderr).toBe(5)
  expect(stderr).toMatch(
    /step `change` \(labs\/far\/lab\.yaml:\d+\) would change account 444455556666, which is not allowed/,
  )
  expect(stderr).toMatch(/hint: .*guard\.accounts/)
  expect(account.seen.filter(operation => !harmless.test(operation))).toEqual([])
})

test('lab doctor tells it before a run does', async () => {
  labOf(session(elsewhere) + change)
  const { exitCode, stdout } = await run('doctor far')
  expect(exitCode, stdout).toBe(5)
  expect(stdout).toMatch(/guard .*would change account\s+444455556666/)
})

test('where only the run can tell whose role it is: refused before the change, what was made before is taken back', async () => {
  labOf(told + session('{{steps.told.stdout}}') + change)
  const { exitCode, stderr } = await run('run far --yes --teardown')
  expect(exitCode, stderr).toBe(5)
  expect(stderr).toMatch(/step `change` .* would change account 444455556666/)
  expect(account.seen.filter(operation => operation === 'ecr:CreateRepository')).toHaveLength(1)
  expect(account.seen).toContain('ecr:DeleteRepository')
  expect(await madeBy()).toEqual([])
})

test('a session there that only reads is let in: nothing is changed; verify reads as well', async () => {
  labOf(session(elsewhere) + read)
  expect(await run('run far --yes')).toMatchObject({ exitCode: 0 })
  expect(await run('verify far')).toMatchObject({ exitCode: 0 })
})

test('with both accounts named it goes there', async () => {
  labOf(session(elsewhere) + change, [own, stranger])
  const { exitCode, stderr } = await run('run far --yes')
  expect(exitCode, stderr).toBe(0)
  expect((await madeBy()).length).toBeGreaterThan(0)
})
