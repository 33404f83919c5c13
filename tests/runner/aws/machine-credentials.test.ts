import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { LabError } from '../../../runner/lab-error.ts'
import { must, newPerson, type Person, ssoCacheOf } from './person.ts'

/** Credentials that a machine or a login gives: the services that give them are imitated here, the SDK's own road to them is not. */
let person: Person
let role: { AccessKeyId: string; SecretAccessKey: string; SessionToken: string }
let server: Server
/** What the service is asked, and what it answers. */
let heard: string[] = []
let answer: (request: IncomingMessage) => unknown = () => null
beforeAll(async () => {
  person = await newPerson()
  const trust = { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111122223333:root' }, Action: 'sts:AssumeRole' }
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: trust })
  await must(person.owner, 'iam:CreateRole', { RoleName: 'machine', AssumeRolePolicyDocument })
  const RoleArn = 'arn:aws:iam::111122223333:role/machine'
  const session = await must(person.owner, 'sts:AssumeRole', { RoleArn, RoleSessionName: 'lab' })
  role = (session as { Credentials: typeof role }).Credentials
  server = createServer((request, response) => {
    heard.push(`${request.method} ${request.url}`)
    const said = answer(request)
    if (said === null) response.writeHead(401, { 'x-amzn-errortype': 'UnauthorizedException' })
    response.end(typeof said === 'string' ? said : JSON.stringify(said ?? unknown))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
})
afterAll(async () => {
  server.close()
  await person.close()
})

/** What the portal says of a login that was ended from elsewhere. */
const unknown = { message: 'Session token not found or invalid' }

const before: Record<string, string | undefined> = {}
beforeEach(() => {
  heard = []
  Object.assign(before, process.env)
})
afterEach(() => {
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name]
  Object.assign(process.env, before)
})

const here = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`
const machine = 'arn:aws:sts::111122223333:assumed-role/machine/lab'
const keys = (milliseconds: number) => ({
  Code: 'Success',
  ...{ AccessKeyId: role.AccessKeyId, SecretAccessKey: role.SecretAccessKey, Token: role.SessionToken },
  Expiration: new Date(Date.now() + milliseconds).toISOString(),
})

test('a container’s role, asked for again before its keys end', async () => {
  process.env.AWS_CONTAINER_CREDENTIALS_FULL_URI = `${here()}/keys`
  process.env.AWS_CONTAINER_AUTHORIZATION_TOKEN = 'pass'
  answer = request => (request.headers.authorization === 'pass' ? keys(60_000) : null)
  const target = await person.open(null)
  expect(target.caller.arn).toBe(machine)
  const asked = heard.length
  await target.caller.call('ecr:DescribeRepositories', {})
  await expect.poll(() => heard.length).toBeGreaterThan(asked)
  target.close()
})

test('an instance’s role, by the way that needs a token first', async () => {
  delete process.env.AWS_EC2_METADATA_DISABLED
  process.env.AWS_EC2_METADATA_SERVICE_ENDPOINT = here()
  const list = '/latest/meta-data/iam/security-credentials/'
  answer = ({ method, url, headers }) => {
    if (method === 'PUT') return url === '/latest/api/token' ? 'a-token' : null
    if (headers['x-aws-ec2-metadata-token'] !== 'a-token') return null
    return url === list ? 'machine' : url === `${list}machine` ? keys(3_600_000) : null
  }
  const target = await person.open(null)
  expect(target.caller.arn).toBe(machine)
  target.close()
})

const config = `[profile work]
sso_session = company
sso_account_id = 111122223333
sso_role_name = machine
[sso-session company]
sso_start_url = https://company.awsapps.com/start
sso_region = us-west-2
`
const login = (accessToken: string) => ({
  [ssoCacheOf('company')]: JSON.stringify({
    accessToken,
    expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
  }),
})

test('an SSO login that holds; one that the portal no longer knows names the command that renews it', async () => {
  process.env.AWS_ENDPOINT_URL_SSO = here()
  answer = ({ url, headers }) =>
    headers['x-amz-sso_bearer_token'] === 'logged-in' && url?.startsWith('/federation/credentials?')
      ? {
          roleCredentials: {
            ...{
              accessKeyId: role.AccessKeyId,
              secretAccessKey: role.SecretAccessKey,
              sessionToken: role.SessionToken,
            },
            expiration: Date.now() + 3_600_000,
          },
        }
      : null
  await person.write({ config, ...login('logged-in') })
  const target = await person.open('work')
  expect(target.caller.arn).toBe(machine)
  target.close()
  await person.write(login('logged-out'))
  const refused: LabError = await person.open('work').then(
    () => Promise.reject(new Error('expected a refusal')),
    error => error,
  )
  expect(refused).toMatchObject({ exitCode: 3, hint: 'renew the login: aws sso login --profile work' })
})

const withMfaFrom = (source: string) =>
  `[profile mfa]\nrole_arn = arn:aws:iam::111122223333:role/machine\nsource_profile = source\nmfa_serial = arn:aws:iam::111122223333:mfa/ann\n${source}`
const mayNot = 'role_arn = arn:aws:iam::111122223333:role/none\nsource_profile = keys\n'

describe('a profile that needs a code of an MFA device, whose source cannot be had', () => {
  const strays: unknown[] = []
  const gather = (error: unknown) => strays.push(error)
  beforeEach(() => {
    strays.length = 0
    process.on('unhandledRejection', gather)
  })
  afterEach(() => {
    process.off('unhandledRejection', gather)
  })

  test.each([
    [
      'an SSO login that has ended',
      config.replace('profile work', 'profile source'),
      /SSO/i,
      'renew the login: aws sso login --profile source',
    ],
    [
      'a credential_process that fails',
      '[profile source]\ncredential_process = /nonexistent/program\n',
      /credential_process of the profile `source` failed$/,
      '',
    ],
    ['a profile that is in no file', '', /no profile `source`/, ''],
    ['a role that may not be assumed', `[profile source]\n${mayNot}`, /not authorized to perform: sts:AssumeRole/, ''],
  ])('%s: told before a code is asked for, and nothing else goes wrong', async (_, source, message, hint) => {
    const { accessKeyId, secretAccessKey } = person.admin
    const credentials = `[keys]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`
    await person.write({ config: withMfaFrom(source), credentials, [ssoCacheOf('company')]: '{}' })
    for (const asks of [true, false]) {
      let asked = 0
      const askMfaCode = async () => {
        asked += 1
        return '000000'
      }
      const refused: LabError = await person.open('mfa', asks ? { askMfaCode } : {}).then(
        () => Promise.reject(new Error('expected a refusal')),
        error => error,
      )
      expect(refused).toMatchObject({ exitCode: 3, message: expect.stringMatching(message) })
      expect(refused.hint).toContain(hint)
      expect(asked).toBe(0)
    }
    expect(strays).toEqual([])
  })
})
