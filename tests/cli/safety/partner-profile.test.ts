import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from '../../../sandbox/index.ts'
import { lab, temporaryFolder } from '../world-for-tests.ts'

/** An account that stands for a real one, and a person's AWS files. */
let sandbox: Sandbox
let cwd: string
const environment = { ...process.env }
beforeEach(async () => {
  cwd = temporaryFolder({ labs: true })
  sandbox = await startSandbox({ directory: join(cwd, 'account') })
  const { accessKeyId = '', secretAccessKey = '' } = sandbox.accounts[0]?.admin ?? {}
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name]
  Object.assign(process.env, {
    AWS_CONFIG_FILE: join(cwd, 'config'),
    AWS_SHARED_CREDENTIALS_FILE: join(cwd, 'credentials'),
    AWS_EC2_METADATA_DISABLED: 'true',
  })
  writeFileSync(
    join(cwd, 'credentials'),
    `[default]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`,
  )
  const file = join(cwd, 'labs.yaml')
  writeFileSync(file, readFileSync(file, 'utf8').replace('within: 60s, stays: 5s', 'within: 9s, stays: 1ms'))
})
afterEach(async () => {
  process.env = { ...environment }
  await sandbox.close()
})

const onAws = (line: string) =>
  lab([...line.split(' '), '--target', 'aws', '--endpoint-url', sandbox.endpoint], {
    cwd,
    env: { LAB_AWS_ACCOUNTS: '111122223333,444455556666' },
  })

const elsewhere = 'role_arn = arn:aws:iam::444455556666:role/r\n'
const mend = /hint: mend the profile `partner-account`/
const faults: [string, string, RegExp][] = [
  ['a source_profile that there is not', `${elsewhere}source_profile = nosuch\n`, /nosuch/],
  ['a role without a source', elsewhere, mend],
  ['no keys at all', 'region = us-west-2\n', mend],
]

test.each(faults.flatMap(([what, ...row]) => ['run', 'verify'].map(command => [what, command, ...row] as const)))(
  'a profile of the partner that is there with %s is an error that is told, not an identity that is not configured: lab %s',
  { timeout: 30_000 },
  async (_, command, profile, says) => {
    writeFileSync(join(cwd, 'config'), `[profile partner-account]\n${profile}`)
    const { exitCode, stderr } = await onAws(`${command} cross-account-pull`)
    expect(exitCode, stderr).toBe(3)
    expect(stderr).toMatch(/for the identity `partner`/)
    expect(stderr).toMatch(says)
  },
)

test.each(['run cross-account-pull --yes', 'verify cross-account-pull'])(
  'without the profile nothing is judged: lab %s ends with 3, and says why',
  async line => {
    const { exitCode, stdout, stderr } = await onAws(line)
    expect(exitCode, stderr).toBe(3)
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
      'nothing was judged: cross-account-pull needs the identity `partner`',
    )
  },
)

test('beside a lab that was judged, one that this machine cannot do takes nothing from it', async () => {
  const { exitCode, stdout } = await onAws('run ecr-repositories cross-account-pull --yes --teardown')
  expect(exitCode, stdout).toBe(0)
  expect(stdout).not.toContain('nothing was judged')
})
