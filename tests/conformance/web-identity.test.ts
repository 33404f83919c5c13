import { createSign, generateKeyPairSync } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  CreateOpenIDConnectProviderCommand,
  CreateRoleCommand,
  IAMClient,
  ListRolesCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam'
import { AssumeRoleWithWebIdentityCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { onSandboxOnly } from './on-aws.ts'
import { credentialsOf, newSandbox, refusalOf, type TestSandbox } from './sandbox-for-tests.ts'

onSandboxOnly('its identity provider is on this machine')

const account = '111122223333'
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey

let sandbox: TestSandbox
let sts: STSClient
let issuer: string
let providerServer: Server
let providerArn: string

const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
const now = (): number => Math.floor(Date.now() / 1000)

const token = (claims: object = {}, { header = {}, key = privateKey } = {}): string => {
  const payload = { iss: issuer, sub: 'repo:me/mine:ref:refs/heads/main', aud: 'sts.amazonaws.com', exp: now() + 300 }
  const signed = `${encoded({ alg: 'RS256', kid: 'one', ...header })}.${encoded({ ...payload, ...claims })}`
  return `${signed}.${createSign('RSA-SHA256').update(signed).sign(key).toString('base64url')}`
}

const roleArn = (name: string): string => `arn:aws:iam::${account}:role/${name}`

beforeAll(async () => {
  providerServer = createServer((request, response) => {
    const documents: Record<string, object> = {
      '/.well-known/openid-configuration': { issuer, jwks_uri: `${issuer}/keys` },
      '/keys': { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'one', use: 'sig' }] },
    }
    const found = documents[request.url ?? '']
    response.writeHead(found === undefined ? 404 : 200).end(JSON.stringify(found ?? {}))
  })
  await new Promise<void>(done => providerServer.listen(0, '127.0.0.1', done))
  issuer = `http://127.0.0.1:${(providerServer.address() as AddressInfo).port}`
  sandbox = await newSandbox()
  const iam = new IAMClient(sandbox.config)
  // Its calls carry no signature.
  sts = new STSClient({ ...sandbox.config, credentials: { accessKeyId: '', secretAccessKey: '' } })
  const provider = { Url: issuer, ClientIDList: ['sts.amazonaws.com'], ThumbprintList: ['a'.repeat(40)] }
  providerArn = (await iam.send(new CreateOpenIDConnectProviderCommand(provider))).OpenIDConnectProviderArn ?? ''
  await iam.send(new CreateOpenIDConnectProviderCommand({ Url: 'https://id.example.com', ClientIDList: ['x'] }))
  const bare = issuer.replace('http://', '')
  const trust = (Condition: object) =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: { Federated: providerArn }, Action: 'sts:AssumeRoleWithWebIdentity', Condition },
      ],
    })
  const roles = {
    'by-branch': {
      StringEquals: { [`${bare}:aud`]: 'sts.amazonaws.com' },
      StringLike: { [`${bare}:sub`]: 'repo:me/mine:*' },
    },
    'of-others': { StringLike: { [`${bare}:sub`]: 'repo:you/*' } },
  }
  for (const [RoleName, condition] of Object.entries(roles))
    await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust(condition) }))
  const statement = {
    Effect: 'Allow',
    Action: 'iam:ListRoles',
    Resource: '*',
    Condition: { StringEquals: { 'aws:FederatedProvider': providerArn } },
  }
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [statement] })
  await iam.send(new PutRolePolicyCommand({ RoleName: 'by-branch', PolicyName: 'p', PolicyDocument }))
})
afterAll(async () => {
  providerServer.close()
  await sandbox.remove()
})

const assume = (WebIdentityToken: string, role = 'by-branch', more = {}) =>
  sts.send(
    new AssumeRoleWithWebIdentityCommand({
      RoleArn: roleArn(role),
      RoleSessionName: 'build',
      WebIdentityToken,
      ...more,
    }),
  )

test('a token of the provider is worth a session of the role', async () => {
  const answer = await assume(token())
  expect(answer).toMatchObject({
    SubjectFromWebIdentityToken: 'repo:me/mine:ref:refs/heads/main',
    Audience: 'sts.amazonaws.com',
    Provider: providerArn,
    AssumedRoleUser: { Arn: `arn:aws:sts::${account}:assumed-role/by-branch/build` },
  })
  const config = { ...sandbox.config, credentials: credentialsOf(answer) }
  expect((await new STSClient(config).send(new GetCallerIdentityCommand({}))).Arn).toMatch(/by-branch\/build$/)
  expect((await new IAMClient(config).send(new ListRolesCommand({}))).Roles).toHaveLength(2)
})

const invalid = (text: string): [string, number, string] => ['InvalidIdentityToken', 400, text]

test.each<[string, () => string, [string, number, string]]>([
  ['no token', () => 'a.b.c', invalid('The ID Token provided is not a valid JWT.')],
  ['a token without a subject', () => token({ sub: undefined }), invalid('The ID Token provided is not a valid JWT.')],
  [
    'a provider that the account does not have',
    () => token({ iss: 'https://token.actions.githubusercontent.com' }),
    invalid('No OpenIDConnect provider found in your account for https://token.actions.githubusercontent.com'),
  ],
  [
    'a provider on another machine',
    () => token({ iss: 'https://id.example.com' }),
    ['NotImplemented', 501, 'an OpenID Connect provider that is not on this machine (https://id.example.com)'],
  ],
  ['another key', () => token({}, { key: other }), invalid('The signature of the web identity token')],
  [
    'a key that is not published',
    () => token({}, { header: { kid: 'two' } }),
    invalid("Couldn't retrieve verification key"),
  ],
  ['no signature', () => token({}, { header: { alg: 'none' } }), ['NotImplemented', 501, 'a token signed with none']],
  [
    'an HMAC with the public key',
    () => token({}, { header: { alg: 'HS256' } }),
    ['NotImplemented', 501, 'a token signed with HS256'],
  ],
  ['claims put in another token', () => swapped(), invalid('The signature of the web identity token')],
  ['an old token', () => token({ exp: 1000 }), ['ExpiredTokenException', 400, 'Token expired: current date/time ']],
  ['a token without an end', () => token({ exp: undefined }), ['ExpiredTokenException', 400, 'Token expired']],
  ['a token of tomorrow', () => token({ nbf: now() + 86_400 }), invalid('Token not yet valid')],
  ['another audience', () => token({ aud: 'you' }), invalid('Incorrect token audience')],
  ['an authorized party that is none', () => token({ azp: 'you' }), invalid('Incorrect token audience')],
  [
    'session tags',
    () => token({ 'https://aws.amazon.com/tags': {} }),
    ['NotImplemented', 501, 'the claim https://aws.amazon.com/tags of an identity token'],
  ],
])('%s', async (_, make, [code, status, text]) => {
  const found = await refusalOf(assume(make()))
  expect(found.slice(0, 2)).toEqual([code, status])
  expect(found[2]).toContain(text)
})

const swapped = (): string => {
  const [head, , signature] = token().split('.')
  return [head, token({ sub: 'repo:me/mine:other' }).split('.')[1], signature].join('.')
}

test.each([
  ['a subject that the trust policy does not want', 'of-others'],
  ['a role that does not exist', 'none'],
])('%s', async (_, role) => {
  expect(await refusalOf(assume(token(), role))).toEqual([
    'AccessDenied',
    403,
    'Not authorized to perform sts:AssumeRoleWithWebIdentity',
  ])
})

test('a session is no longer than the role allows', async () => {
  const [code, , message] = await refusalOf(assume(token(), 'by-branch', { DurationSeconds: 7200 }))
  expect(`${code}: ${message}`).toBe(
    'ValidationError: The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
  )
})
