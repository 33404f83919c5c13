import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { labProcess } from './process.ts'

let cwd = ''
const lab = (line: string) => labProcess(line.split(' '), { cwd })
const json = async (line: string) => JSON.parse((await lab(`${line} --json`)).stdout)

beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'accesslab-behaviour-'))
  writeFileSync(join(cwd, 'faults.yaml'), 'rules: [{ kind: throttle, operation: "ecr:ListImages", times: 2 }]\n')
  writeFileSync(join(cwd, 'wrong.yaml'), 'rules: [{ kind: smoke }]\n')
  writeFileSync(
    join(cwd, 'no-iam.json'),
    '{"Version":"2012-10-17","Statement":[{"Sid":"NoIam","Effect":"Deny","Action":"iam:*","Resource":"*"}]}',
  )
})
afterAll(async () => {
  await lab('sandbox stop')
  rmSync(cwd, { recursive: true, force: true })
})

test.each([
  ['sandbox start --flap', '`--flap` without `--propagation`'],
  ['sandbox start --late-reads 2s', '`--late-reads` without `--propagation`'],
  ['sandbox start --propagation soon', '`--propagation soon` is not a time'],
  ['sandbox start --faults none.yaml', '`--faults none.yaml` cannot be read'],
  ['sandbox start --faults wrong.yaml', '`wrong.yaml` is no list of faults: rules[0].kind'],
  ['sandbox account', 'needs a CREATE|LIST'],
  ['sandbox account remove', '`lab sandbox account remove`: expected create or list'],
  ['sandbox account create --scp none.json', '`--scp none.json` cannot be read'],
  ['sandbox account create --scp faults.yaml', 'the control policy `faults` cannot be evaluated'],
  ['sandbox account create --id 12', '`12` is no account id'],
  ['sandbox account create --id 111122223333', 'the sandbox has an account `111122223333` already'],
  ['sandbox account list --id 123456789012', 'go with `lab sandbox account create`'],
])('lab %s', async (line, message) => {
  const { exitCode, stderr } = await lab(line)
  expect(stderr).toContain(message)
  expect(exitCode).toBe(2)
})

describe('a sandbox with propagation and faults', () => {
  const flags = '--propagation 400ms --flap --late-reads 50ms --faults faults.yaml --seed 7'
  test('start and status say so; another start must ask for the same', async () => {
    expect(await json(`sandbox start ${flags}`)).toMatchObject({ eventual: true })
    const { eventual, flags: running } = await json('sandbox status')
    expect({ eventual, running }).toEqual({
      eventual: true,
      running: [
        '--propagation',
        '400ms',
        '--flap',
        '--late-reads',
        '50ms',
        '--faults',
        join(cwd, 'faults.yaml'),
        '--seed',
        '7',
      ],
    })
    expect((await lab(`sandbox start ${flags}`)).exitCode).toBe(0)
    const { exitCode, stderr } = await lab('sandbox start --propagation 1s')
    expect(exitCode).toBe(2)
    expect(stderr).toContain('the sandbox is running already, with --propagation 400ms --flap')
  })

  test('to a run it is an eventual target: it passes, and the faults have struck', async () => {
    expect((await lab('run identity-policies --quiet')).exitCode).toBe(0)
    const log = readFileSync(join(cwd, '.lab/sandbox/log.jsonl'), 'utf8')
    expect(log.split('"ThrottlingException"')).toHaveLength(3)
  })
})

describe('accounts', () => {
  test('one more, in an organization; its keys are in the file of profiles and nowhere else', async () => {
    const { stdout } = await lab('sandbox account create --id 777700001111 --scp no-iam.json --json')
    const { id, profile, credentialsFile } = JSON.parse(stdout)
    expect({ id, profile }).toEqual({ id: '777700001111', profile: 'account-777700001111' })
    const file = readFileSync(credentialsFile, 'utf8')
    expect(file).toContain(`[${profile}]\naws_access_key_id = AKIA`)
    for (const [, secret = ''] of file.matchAll(/secret_access_key = (\S+)/g)) expect(stdout).not.toContain(secret)
    expect((await json('sandbox account list')).accounts).toEqual([
      { id: '111122223333', organization: null },
      { id: '444455556666', organization: null },
      { id, organization: { scps: ['FullAWSAccess', 'no-iam'], rcps: ['RCPFullAWSAccess'] } },
    ])
    expect((await lab('sandbox account list')).stdout).toContain(
      '777700001111  FullAWSAccess, no-iam, RCPFullAWSAccess',
    )
  })

  test('status shows it', async () => {
    expect((await json('sandbox status')).accounts).toEqual(['111122223333', '444455556666', '777700001111'])
  })

  test('a reset takes them away, and their keys out of the file of profiles; the first two keep theirs', async () => {
    const file = join(cwd, '.lab/sandbox/credentials')
    const sections = () => readFileSync(file, 'utf8').split(/\n(?=\[)/)
    const before = sections()
    expect(before.map(text => text.split('\n')[0])).toEqual(['[sandbox]', '[partner]', '[account-777700001111]'])
    expect((await lab('sandbox reset')).exitCode).toBe(0)
    expect(sections().map(text => text.trim())).toEqual(before.slice(0, 2).map(text => text.trim()))
  })
})
