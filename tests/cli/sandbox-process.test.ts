import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { labProcess } from './process.ts'

let cwd = ''
let endpoint = ''
const lab = (line: string | readonly string[], env: Record<string, string> = {}) =>
  labProcess(typeof line === 'string' ? line.split(' ') : line, { cwd, env })

beforeAll(async () => {
  cwd = mkdtempSync(join(tmpdir(), 'accesslab-sandbox-'))
  const { exitCode, stdout, stderr } = await lab('sandbox start --json')
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
  endpoint = JSON.parse(stdout).endpoint
})

afterAll(async () => {
  await lab('sandbox stop')
  rmSync(cwd, { recursive: true, force: true })
})

const secret = () =>
  /aws_secret_access_key = (\S+)/.exec(readFileSync(join(cwd, '.lab/sandbox/credentials'), 'utf8'))?.[1] ?? ''

describe('a sandbox that was started', () => {
  test('a second start says that it runs, and where; no output holds a secret', async () => {
    const { exitCode, stdout } = await lab('sandbox start')
    expect(exitCode).toBe(0)
    expect(stdout).toContain(`the sandbox was running already: ${endpoint}`)
    expect(stdout).toContain(`export AWS_ENDPOINT_URL=${endpoint}`)
    expect(stdout).toContain('unset AWS_ACCESS_KEY_ID')
    expect(secret()).toMatch(/^\S{40}$/)
    expect(stdout).not.toContain(secret())
    expect(statSync(join(cwd, '.lab/sandbox/credentials')).mode & 0o777).toBe(0o600)
  })

  test('status', async () => {
    const { stdout } = await lab('sandbox status --json')
    const accounts = ['111122223333', '444455556666']
    expect(JSON.parse(stdout)).toMatchObject({ schemaVersion: 1, exitCode: 0, running: true, endpoint, accounts })
  })

  test('a run uses it, and env exports its endpoint', async () => {
    expect((await lab('run identity-policies --quiet')).exitCode).toBe(0)
    expect((await lab('env')).stdout).toContain(`export AWS_ENDPOINT_URL=${endpoint}\n`)
  })

  test('exec: the environment of its program', async () => {
    const persons = {
      AWS_PROFILE: 'production',
      AWS_SESSION_TOKEN: 'persons-token',
      AWS_ENDPOINT_URL_IAM: 'http://127.0.0.1:9',
      MINE: 'kept',
    }
    const script = 'process.stdout.write(JSON.stringify(process.env))'
    const { exitCode, stdout } = await lab(['sandbox', 'exec', '--', process.execPath, '-e', script], persons)
    expect(exitCode).toBe(0)
    const env = JSON.parse(stdout)
    expect(env).toMatchObject({
      ACCOUNT_ID: '111122223333',
      AWS_REGION: 'us-west-2',
      AWS_DEFAULT_REGION: 'us-west-2',
      AWS_ENDPOINT_URL: endpoint,
      AWS_PAGER: '',
      ECR_REPO_A: 'team-a/alpine',
      ECR_REPO_B: 'team-b/alpine',
      HOME: join(cwd, '.lab/sandbox/home'),
      LAB_SANDBOX: '1',
      MINE: 'kept',
    })
    for (const name of ['AWS_PROFILE', 'AWS_SESSION_TOKEN', 'AWS_ENDPOINT_URL_IAM'])
      expect(env).not.toHaveProperty(name)
    expect(existsSync(join(env.HOME, '.aws'))).toBe(true)
  })

  test('exec --keep-home: the real HOME, and still not the person’s AWS files', async () => {
    const script = 'process.stdout.write([process.env.HOME, process.env.AWS_SHARED_CREDENTIALS_FILE].join())'
    const { stdout } = await lab(['sandbox', 'exec', '--keep-home', '--', process.execPath, '-e', script])
    expect(stdout).toBe(`${cwd},${join(cwd, '.lab/sandbox/home/.aws/credentials')}`)
  })

  test.each([
    [['sh', '-c', 'exit 7'], 7],
    [['sh', '-c', 'kill -TERM $$'], 143],
    [['no-such-program'], 127],
    [['sh', '-c', 'test "$1" = --json', 'sh', '--json'], 0],
  ])('exec %j gives %i', async (command, exitCode) => {
    expect((await lab(['sandbox', 'exec', '--', ...command])).exitCode).toBe(exitCode)
  })

  const keys = () => ({ AWS_SHARED_CREDENTIALS_FILE: join(cwd, '.lab/sandbox/credentials'), AWS_PROFILE: 'sandbox' })
  const toAws = () => `--target aws --endpoint-url ${endpoint}`

  test('the aws target: an account that nobody named is refused before any change', async () => {
    const { exitCode, stdout } = await lab(`run identity-policies --json ${toAws()}`, keys())
    expect(exitCode).toBe(5)
    expect(JSON.parse(stdout)).toMatchObject({ exitCode: 5, error: { code: 'guard' } })
  })

  test('the aws target: a region that is not allowed', async () => {
    const env = { ...keys(), LAB_AWS_ACCOUNTS: '111122223333', AWS_REGION: 'eu-west-1' }
    const { exitCode, stderr } = await lab(`run identity-policies ${toAws()}`, env)
    expect({ exitCode, region: stderr.includes('region eu-west-1 is not allowed') }).toEqual({
      exitCode: 5,
      region: true,
    })
  })

  test.each([
    ['no credentials', () => '--target aws', {}, 'no usable credentials'],
    ['an unknown profile', () => '--target aws --profile nobody', {}, 'no usable credentials'],
    [
      'nobody listens',
      () => '--target aws --endpoint-url http://127.0.0.1:1',
      { AWS_ACCESS_KEY_ID: 'AKIAX', AWS_SECRET_ACCESS_KEY: 'x' },
      'no answer from http://127.0.0.1:1',
    ],
  ])('the aws target: %s is exit 3', async (_, flags, env, message) => {
    const { exitCode, stderr } = await lab(`run identity-policies ${flags()}`, env)
    expect(exitCode).toBe(3)
    expect(stderr).toContain(message)
  })

  test('one teardown takes back what runs left on both targets', async () => {
    const env = { ...keys(), LAB_AWS_ACCOUNTS: '111122223333' }
    expect((await lab('teardown')).exitCode).toBe(0)
    for (const flags of ['', ` ${toAws()}`, ''])
      expect((await lab(`run ecr-repositories --isolate --quiet${flags}`, env)).exitCode).toBe(0)
    const { exitCode, stdout } = await lab('teardown --json', env)
    expect({ exitCode, leftovers: JSON.parse(stdout).leftovers }).toEqual({ exitCode: 0, leftovers: [] })
    expect((await lab('run identity-policies --quiet')).exitCode).toBe(0)
  })

  test('the sandbox target asks nothing of the person’s endpoint and keys', async () => {
    const env = {
      AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
      AWS_PROFILE: 'production',
      AWS_ACCESS_KEY_ID: 'AKIAX',
      AWS_SECRET_ACCESS_KEY: 'x',
    }
    expect((await lab('verify identity-policies --quiet', env)).exitCode).toBe(0)
  })

  test('a server file of a process that is gone counts as none', async () => {
    const file = join(cwd, '.lab/sandbox/server.json')
    const text = readFileSync(file, 'utf8')
    writeFileSync(file, text.replace(/"pid":\d+/, '"pid":999999999'))
    expect(JSON.parse((await lab('sandbox status --json')).stdout).running).toBe(false)
    expect((await lab('verify identity-policies --quiet')).exitCode).toBe(0)
    writeFileSync(file, text)
  })

  test('a port that is taken', async () => {
    const other = mkdtempSync(join(tmpdir(), 'accesslab-sandbox-'))
    const { port } = new URL(endpoint)
    const { exitCode, stderr } = await labProcess(['sandbox', 'start', '--port', port], { cwd: other })
    expect(exitCode).toBe(3)
    expect(stderr).toMatch(
      /^lab: the sandbox did not start: port \d+ on 127.0.0.1 cannot be used.*\n {2}hint: choose another port/,
    )
    rmSync(other, { recursive: true, force: true })
  })

  test('stop ends it; nothing running is not an error', async () => {
    expect((await lab('sandbox stop')).stdout).toMatch(/^the sandbox has stopped/)
    expect((await lab('sandbox stop')).stdout).toBe('the sandbox was not running\n')
    expect(existsSync(join(cwd, '.lab/sandbox/credentials'))).toBe(false)
  })
})
