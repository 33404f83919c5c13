import { createSign, generateKeyPairSync } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { LabError } from '../../../runner/lab-error.ts'
import { mayAssume, withMfa } from './mfa.ts'
import { keysOf, must, newPerson, type Person, ssoCacheOf } from './person.ts'

let person: Person
beforeAll(async () => {
  person = await newPerson()
  await makeRoles(person)
})
afterAll(() => person.close())

const before: Record<string, string | undefined> = {}
beforeEach(() => Object.assign(before, process.env))
afterEach(() => {
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name]
})

const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111122223333:root' }, Action: 'sts:AssumeRole' }],
})
/** `first` may become `second`. */
async function makeRoles({ owner }: Person) {
  for (const RoleName of ['first', 'second'])
    await must(owner, 'iam:CreateRole', { RoleName, AssumeRolePolicyDocument: trust })
  await must(owner, 'iam:PutRolePolicy', { RoleName: 'first', PolicyName: 'chain', PolicyDocument: mayAssume })
}

const arnOf = async (...opening: Parameters<Person['open']>) => {
  const target = await person.open(...opening)
  target.close()
  return target.caller.arn
}

const refusalOf = (...opening: Parameters<Person['open']>): Promise<LabError> =>
  person.open(...opening).then(
    () => Promise.reject(new Error('expected a refusal')),
    error => error,
  )

const admin = 'arn:aws:iam::111122223333:user/admin'

test('keys in the environment', async () => {
  process.env.AWS_ACCESS_KEY_ID = person.admin.accessKeyId
  process.env.AWS_SECRET_ACCESS_KEY = person.admin.secretAccessKey
  expect(await arnOf(null)).toBe(admin)
})

test('a profile of the credentials file, and the default one', async () => {
  await person.write({ credentials: `[default]\n${keysOf(person.admin)}\n[other]\n${keysOf(person.admin)}\n` })
  expect(await arnOf(null)).toBe(admin)
  expect(await arnOf('other')).toBe(admin)
})

test('a chain of roles: a profile whose source is a role of another profile', async () => {
  const role = (name: string) => `role_arn = arn:aws:iam::111122223333:role/${name}\nrole_session_name = lab`
  await person.write({
    credentials: `[base]\n${keysOf(person.admin)}\n`,
    config: `[profile one]\n${role('first')}\nsource_profile = base\n[profile two]\n${role('second')}\nsource_profile = one\n`,
  })
  expect(await arnOf('one')).toBe('arn:aws:sts::111122223333:assumed-role/first/lab')
  expect(await arnOf('two')).toBe('arn:aws:sts::111122223333:assumed-role/second/lab')
  const target = await person.open('two')
  const environment = await target.caller.credentials()
  expect(environment.sessionToken).toBeTruthy()
  expect(environment.expiration).toBeGreaterThan(Date.now())
  target.close()
})

test('a role of a profile without a region, the caller’s and another identity’s: the SDK says nothing on stderr', async () => {
  const role = 'role_arn = arn:aws:iam::111122223333:role/first\nrole_session_name = lab'
  await person.write({
    credentials: `[base]\n${keysOf(person.admin)}\n`,
    config: `[profile one]\n${role}\nsource_profile = base\n`,
  })
  const warned = vi.spyOn(console, 'warn')
  const target = await person.open('one', { identities: { partner: { profile: 'one' } } })
  expect(target.identities.get('partner')?.arn).toBe('arn:aws:sts::111122223333:assumed-role/first/lab')
  expect(warned).not.toHaveBeenCalled()
  warned.mockRestore()
  target.close()
})

test('a role that may not be assumed: exit 3, with AWS’s sentence', async () => {
  await person.write({
    credentials: `[base]\n${keysOf(person.admin)}\n`,
    config: '[profile none]\nrole_arn = arn:aws:iam::111122223333:role/none\nsource_profile = base\n',
  })
  const error = await refusalOf('none')
  expect(error).toMatchObject({ exitCode: 3 })
  expect(error.message).toContain('is not authorized to perform: sts:AssumeRole')
})

/** Prints keys that end so soon that they are asked for anew each time, and counts how often it was asked. */
const shortLived = ({ accessKeyId, secretAccessKey }: Person['admin'], home: string) => `#!/usr/bin/env node
const { appendFileSync } = require('node:fs')
appendFileSync(${JSON.stringify(join(home, 'asked'))}, 'x')
console.log(JSON.stringify({
  Version: 1, AccessKeyId: '${accessKeyId}', SecretAccessKey: '${secretAccessKey}',
  Expiration: new Date(Date.now() + 60_000).toISOString(),
}))
`

test('credential_process, asked again before its keys end', async () => {
  const program = await person.program('keys.cjs', shortLived(person.admin, person.home))
  await person.write({ config: `[profile process]\ncredential_process = ${process.execPath} ${program}\n` })
  const target = await person.open('process')
  const asked = async () => (await readFile(join(person.home, 'asked'), 'utf8')).length
  const first = await asked()
  await must(target, 'iam:ListRoles', {})
  // Within five minutes of the end new keys are fetched beside the call.
  await expect.poll(asked).toBeGreaterThan(first)
  target.close()
})

const list = 'aws configure list-profiles lists those that are there'
const source = 'role_arn = arn:aws:iam::111122223333:role/first\nsource_profile = gone'
test.each([
  [
    'a credential_process that fails',
    '[profile broken]\ncredential_process = echo no vault >&2; false secret\n',
    'the credential_process of the profile `broken` failed',
    /^run that program by hand/,
  ],
  ['a profile that is in no file', '', 'there is no profile `broken`', list],
  [
    'a profile whose source is in no file',
    `[profile broken]\n${source}\n`,
    'there is no profile `gone`, which is the source_profile of `broken`',
    list,
  ],
  [
    'a token file that is not there',
    '[profile broken]\nrole_arn = arn:aws:iam::111122223333:role/first\nweb_identity_token_file = /nonexistent/token\n',
    'the file `/nonexistent/token`, which is to hold the token, cannot be read: ENOENT',
    /^AWS_WEB_IDENTITY_TOKEN_FILE, or/,
  ],
])('%s: exit 3, and that is what is said, named by --profile or by AWS_PROFILE', async (_, config, message, hint) => {
  await person.write({ config, credentials: '' })
  const said = { exitCode: 3, code: 'environment', message: `no usable credentials for the caller: ${message}` }
  expect(await refusalOf('broken')).toMatchObject({ ...said, hint: expect.stringMatching(hint) })
  process.env.AWS_PROFILE = 'broken'
  expect(await refusalOf(null)).toMatchObject({ ...said, hint: expect.stringMatching(hint) })
})

test('a token file of the environment that is not there: exit 3, and no missing answer', async () => {
  await person.write({ config: '', credentials: '' })
  Object.assign(process.env, {
    AWS_WEB_IDENTITY_TOKEN_FILE: '/nonexistent/token',
    AWS_ROLE_ARN: 'arn:aws:iam::111122223333:role/ci',
  })
  const message = expect.stringContaining('the file `/nonexistent/token`, which is to hold the token, cannot be read')
  expect(await refusalOf(null)).toMatchObject({ exitCode: 3, message })
})

test('MFA: asked once; where nobody can be asked, exit 3 with the reason', async () => {
  const { phone, SerialNumber } = await withMfa(person)
  const refused = await refusalOf('guarded')
  expect(refused).toMatchObject({ exitCode: 3, hint: expect.stringContaining('run it on a terminal') })
  expect(refused.message).toMatch(/multi-factor/i)
  const asked: string[] = []
  const target = await person.open('guarded', {
    askMfaCode: async device => {
      asked.push(device)
      return phone.code()
    },
  })
  expect(target.caller.arn).toBe('arn:aws:sts::111122223333:assumed-role/guarded/guarded')
  await target.caller.call('iam:ListRoles', {})
  await target.caller.call('ecr:DescribeRepositories', {})
  expect(asked).toEqual([SerialNumber])
  target.close()
})

const sso = `[profile work]
sso_session = company
sso_account_id = 111122223333
sso_role_name = Developer
[sso-session company]
sso_start_url = https://company.awsapps.com/start
sso_region = us-west-2
`

test.each([
  ['absent', {}],
  [
    'expired',
    {
      [ssoCacheOf('company')]: JSON.stringify({
        accessToken: 'x',
        expiresAt: '2020-01-01T00:00:00Z',
      }),
    },
  ],
])('an SSO login that is %s names the command that renews it', async (_, files) => {
  await person.write({ config: sso, ...files })
  expect(await refusalOf('work')).toMatchObject({ exitCode: 3, hint: 'renew the login: aws sso login --profile work' })
})

/** A provider of identities as a CI system has it, known to the account, with a role that trusts it. */
async function identityProvider() {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const server = createServer((request, response) => {
    const keys = { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'one', use: 'sig' }] }
    response.end(JSON.stringify(request.url === '/keys' ? keys : { issuer, jwks_uri: `${issuer}/keys` }))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const made = await must(person.owner, 'iam:CreateOpenIDConnectProvider', {
    ...{ Url: issuer, ClientIDList: ['sts.amazonaws.com'], ThumbprintList: ['a'.repeat(40)] },
  })
  const { OpenIDConnectProviderArn: Federated } = made as { OpenIDConnectProviderArn: string }
  const Condition = { StringEquals: { [`${issuer.replace('http://', '')}:aud`]: 'sts.amazonaws.com' } }
  const statement = { Effect: 'Allow', Principal: { Federated }, Action: 'sts:AssumeRoleWithWebIdentity', Condition }
  await must(person.owner, 'iam:CreateRole', {
    RoleName: 'ci',
    AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }),
  })
  const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const token = (exp: number) => {
    const signed = `${encoded({ alg: 'RS256', kid: 'one' })}.${encoded({ iss: issuer, sub: 'me', aud: 'sts.amazonaws.com', exp })}`
    return `${signed}.${createSign('RSA-SHA256').update(signed).sign(privateKey).toString('base64url')}`
  }
  return { token, close: () => server.close() }
}

test('web identity: a token file of CI; one that has expired is exit 3', async () => {
  const provider = await identityProvider()
  const seconds = Math.floor(Date.now() / 1000)
  try {
    await person.write({ credentials: '', config: '', token: provider.token(seconds + 300) })
    Object.assign(process.env, {
      AWS_WEB_IDENTITY_TOKEN_FILE: join(person.home, '.aws', 'token'),
      AWS_ROLE_ARN: 'arn:aws:iam::111122223333:role/ci',
      AWS_ROLE_SESSION_NAME: 'lab',
    })
    expect(await arnOf(null)).toBe('arn:aws:sts::111122223333:assumed-role/ci/lab')
    await person.write({ token: provider.token(seconds - 4000) })
    expect(await refusalOf(null)).toMatchObject({ exitCode: 3, message: expect.stringMatching(/expired/i) })
  } finally {
    provider.close()
  }
})

test('keys that AWS does not know', async () => {
  await person.write({
    credentials: '[default]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = x\n',
  })
  const error = await refusalOf(null)
  expect(error).toMatchObject({ exitCode: 3 })
  expect(error.message).toContain('security token included in the request is invalid')
})
