import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from '../../../sandbox/index.ts'
import { linesOf, recordsIn } from '../../records-in.ts'
import { lab, packageFolder, temporaryFolder } from '../world-for-tests.ts'

const own = '111122223333'
const partner = '444455556666'
const environment = { ...process.env }

/** Accounts that stand for real ones, with things of a run in both whose journal is lost. */
let sandbox: Sandbox
let cwd: string
let account: string
let atFirst: string[]
beforeEach(async () => {
  cwd = temporaryFolder({ labs: true })
  account = join(cwd, 'account')
  sandbox = await startSandbox({ directory: account })
  atFirst = linesOf(await recordsIn(account))
  const [caller, other] = sandbox.accounts
  if (!caller || !other) throw new Error('the sandbox has two accounts')
  const profile = (name: string, { accessKeyId, secretAccessKey }: typeof caller.admin) =>
    `[${name}]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`
  const file = join(cwd, 'credentials')
  writeFileSync(file, profile('default', caller.admin) + profile('partner-account', other.admin))
  process.env = { ...environment, AWS_SHARED_CREDENTIALS_FILE: file, AWS_CONFIG_FILE: join(cwd, 'config') }
  guardOf(own, partner)
  const ran = await onAws('run cross-account-pull --yes')
  expect(ran.exitCode, ran.stderr).toBe(0)
  rmSync(join(cwd, '.lab'), { recursive: true })
})
afterEach(async () => {
  process.env = { ...environment }
  await sandbox.close()
})

const onAws = (line: string) =>
  lab([...line.split(' '), '--target', 'aws', '--endpoint-url', sandbox.endpoint], { cwd })

const original = readFileSync(join(packageFolder, 'labs.yaml'), 'utf8')
const guardOf = (...accounts: string[]) =>
  writeFileSync(
    join(cwd, 'labs.yaml'),
    original
      .replace(/^guard:\n(?: {2}.*\n)+/m, `guard: { accounts: ${JSON.stringify(accounts)} }\n`)
      .replace('within: 60s, stays: 5s', 'within: 9s, stays: 1ms'),
  )

const sweep = 'teardown --orphans --older-than 0s --yes'

test('orphans in the account of an identity of labs.yaml are shown with their account, and removed there', async () => {
  const shown = await onAws(`${sweep} --dry-run`)
  expect(shown.stdout).toMatch(
    new RegExp(`role ecr_cross_puller \\(cross-account-pull, run .*\\) in account ${partner}`),
  )
  expect(shown.stdout).toMatch(new RegExp(`repository cross/shared \\(cross-account-pull, run .*\\) in account ${own}`))
  const swept = JSON.parse((await onAws(`${sweep} --json`)).stdout)
  expect(swept).toMatchObject({ exitCode: 0, searched: [own, partner], leftovers: [] })
  const accounts = swept.found.map(({ account }: { account: string }) => account)
  expect([...new Set(accounts)].sort()).toEqual([own, partner])
  expect(linesOf(await recordsIn(account))).toEqual(atFirst)
}, 60_000)

test('an account that the guard does not name is left alone, saying so', async () => {
  guardOf(own)
  const { exitCode, stdout, stderr } = await onAws(sweep)
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
  expect(stdout.replace(/\s+/g, ' ')).toContain(
    `not searched: the account ${partner} of the identity \`partner\`: \`guard.accounts\` does not name it`,
  )
  const left = linesOf(await recordsIn(account)).filter(line => line.startsWith('iam.role '))
  expect(left.map(line => line.split(' ')[1])).toEqual([partner, partner])
}, 60_000)

test('so is one whose profile is not on this machine', async () => {
  const file = join(cwd, 'one')
  writeFileSync(file, readFileSync(join(cwd, 'credentials'), 'utf8').split('[partner-account]')[0] ?? '')
  process.env.AWS_SHARED_CREDENTIALS_FILE = file
  const { exitCode, stdout } = await onAws(sweep)
  expect(exitCode).toBe(0)
  expect(stdout.replace(/\s+/g, ' ')).toContain(
    'not searched: the account of the identity `partner`: there is no profile `partner-account` on this machine',
  )
}, 60_000)
