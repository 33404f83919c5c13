import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { withMfa } from '../../runner/aws/mfa.ts'
import { must, newPerson, type Person } from '../../runner/aws/person.ts'
import { haveTerminal, onTerminal } from '../on-a-terminal.ts'
import { labProcess } from '../process.ts'
import { packageFolder, temporaryFolder } from '../world-for-tests.ts'

const environment = { ...process.env }
const question = /code of the MFA device \S+:/g

let person: Person
let phone: Awaited<ReturnType<typeof withMfa>>['phone']
let cwd: string
beforeEach(async () => {
  cwd = temporaryFolder({ labs: true })
  person = await newPerson()
  phone = (await withMfa(person)).phone
  const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess'
  await must(person.owner, 'iam:AttachRolePolicy', { RoleName: 'guarded', PolicyArn })
  identities('{}')
})
afterEach(async () => {
  await person.close()
  process.env = { ...environment }
})

const identities = (text: string) =>
  writeFileSync(
    join(cwd, 'labs.yaml'),
    readFileSync(join(packageFolder, 'labs.yaml'), 'utf8')
      .replace('within: 60s, stays: 5s', 'within: 9s, stays: 1ms')
      .replace(/^identities:\n(?: {2}.*\n)+/m, `identities: ${text}\n`),
  )

const env = () => ({
  LAB_AWS_ACCOUNTS: '111122223333',
  AWS_CONFIG_FILE: join(person.home, '.aws', 'config'),
  AWS_SHARED_CREDENTIALS_FILE: join(person.home, '.aws', 'credentials'),
  AWS_ENDPOINT_URL: person.sandbox.endpoint,
})
const onAws = ['--target', 'aws', '--profile', 'guarded']

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap(entry =>
    entry.isFile() ? [join(entry.parentPath, entry.name)] : [],
  )

describe.skipIf(!haveTerminal)('on a terminal', () => {
  test('the code is asked for once, used, and written nowhere', async () => {
    const code = phone.code()
    const line = ['run', 'ecr-repositories', '--yes', '--teardown', ...onAws]
    const { exitCode, shown } = await onTerminal(line, { cwd, env: env(), talk: [['MFA device', `${code}\n`]] })
    expect(exitCode, shown).toBe(0)
    expect(shown.match(question)).toHaveLength(1)
    expect(shown).toContain('create-repository')
    const files = filesBelow(join(cwd, '.lab'))
    expect(files.some(file => file.endsWith('journal.jsonl'))).toBe(true)
    expect(files.filter(file => readFileSync(file, 'latin1').includes(code))).toEqual([])
    const roleKeys = files.filter(file => /ASIA[A-Z2-7]{16}/.test(readFileSync(file, 'latin1')))
    expect(roleKeys).toEqual([])
  }, 60_000)

  test('two profiles that need a code are asked for one after the other, and a code is not used twice', async () => {
    identities('{ partner: { profile: guarded-too } }')
    const [first, second] = [phone.code(), phone.code(1)]
    const talk = [
      ['MFA device', `${first}\n`],
      ['MFA device', `${second}\n`],
    ] as const
    const line = ['verify', 'cross-account-pull', ...onAws]
    const { exitCode, shown } = await onTerminal(line, { cwd, env: env(), talk })
    expect(shown.match(question)).toHaveLength(2)
    expect(exitCode, shown).toBe(1)
    expect(shown).toContain('account 111122223333')
  }, 60_000)

  test.each([
    ['y\n', 0, 'create-repository'],
    ['n\n', 2, 'the question was answered with no'],
    ['\u0004', 2, 'the question was answered with no'],
    ['\u0003', 130, 'interrupted: nothing was done'],
  ])(
    'the one question before the first change, answered with %j',
    async (answer, code, message) => {
      const talk = [
        ['MFA device', `${phone.code()}\n`],
        ['create 2 things in 111122223333, us-west-2? [y/N]', answer],
      ] as const
      const { exitCode, shown } = await onTerminal(['run', 'ecr-repositories', ...onAws], { cwd, env: env(), talk })
      expect({ exitCode, shown }).toEqual({ exitCode: code, shown: expect.stringContaining(message) })
      const { repositories } = (await must(person.owner, 'ecr:DescribeRepositories', {})) as { repositories: unknown[] }
      expect(repositories).toHaveLength(code === 0 ? 2 : 0)
    },
    60_000,
  )

  test.each([
    ['a wrong code', '000000\n', 3, 'invalid MFA one time pass code'],
    ['Ctrl-D', '\u0004', 3, 'no usable credentials for the caller: no code was given'],
    ['an empty line', '\n', 3, 'no usable credentials for the caller: no code was given'],
    ['Ctrl-C', '\u0003', 130, 'interrupted'],
  ])('%s: nothing is done, and it is said why', async (_, typed, code, message) => {
    const line = ['run', 'ecr-repositories', '--yes', ...onAws]
    const { exitCode, shown } = await onTerminal(line, { cwd, env: env(), talk: [['MFA device', typed]] })
    expect({ exitCode, shown }).toEqual({ exitCode: code, shown: expect.stringContaining(message) })
    expect(shown).not.toMatch(/\n\s+at /)
    expect(await must(person.owner, 'ecr:DescribeRepositories', {})).toMatchObject({ repositories: [] })
  })
})

/** The profile `mfa` needs a code, and its source is a login that has ended. */
const endedLogin = `[profile mfa]
role_arn = arn:aws:iam::111122223333:role/guarded
source_profile = source
mfa_serial = arn:aws:iam::111122223333:mfa/ann
[profile source]
sso_session = company
sso_account_id = 111122223333
sso_role_name = Developer
[sso-session company]
sso_start_url = https://company.awsapps.com/start
sso_region = us-west-2
`

describe('a profile that needs a code, whose source is a login that has ended: one error, exit 3, no stack trace', () => {
  beforeEach(() => person.write({ config: endedLogin }))
  const asOne = (said: string) => {
    expect(said).not.toMatch(question)
    expect(said.match(/aws sso login --profile source\s/g), said).toHaveLength(1)
    expect(said).not.toMatch(/\n\s+at |CredentialsProviderError/)
  }

  test.skipIf(!haveTerminal)(
    'on a terminal: no code is asked for',
    async () => {
      const line = ['run', 'ecr-repositories', '--yes', '--target', 'aws', '--profile', 'mfa']
      const { exitCode, shown } = await onTerminal(line, { cwd, env: env(), talk: [['MFA device', '000000\n']] })
      expect(exitCode, shown).toBe(3)
      asOne(shown)
    },
    60_000,
  )

  test.each(['run', 'verify', 'doctor'])('lab %s', async command => {
    const line = [command, 'ecr-repositories', '--target', 'aws', '--profile', 'mfa']
    const { exitCode, stdout, stderr } = await labProcess(line, { cwd, env: env() })
    expect(exitCode, stdout + stderr).toBe(3)
    asOne(stdout + stderr)
  })
})

test('without a terminal nothing is asked: exit 3, and what to do', async () => {
  const { exitCode, stderr } = await labProcess(['run', 'ecr-repositories', '--yes', ...onAws], { cwd, env: env() })
  expect(exitCode).toBe(3)
  expect(stderr).toContain('run it on a terminal, where the code is asked for')
  expect(stderr).not.toMatch(question)
})
