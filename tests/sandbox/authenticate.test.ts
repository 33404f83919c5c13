import { Hash } from '@smithy/core/serde'
import { SignatureV4 } from '@smithy/signature-v4'
import { beforeEach, describe, expect, test } from 'vitest'
import { createAccount } from '../../sandbox/accounts.ts'
import { authenticate } from '../../sandbox/authenticate.ts'
import { AwsError } from '../../sandbox/errors.ts'
import { accessKeys, type Role, roles, uniqueIds } from '../../sandbox/iam/entities.ts'
import type { Session } from '../../sandbox/operation.ts'
import { secretsFrom } from '../../sandbox/state/secrets.ts'
import type { Store } from '../../sandbox/state/store.ts'
import { sessions } from '../../sandbox/sts/entities.ts'
import type { HttpRequest } from '../../sandbox/wire/exchange.ts'
import { memoryStore } from './memory-store.ts'

const secrets = secretsFrom(Buffer.alloc(32, 1))
const account = '111122223333'
const now = Date.parse('2026-01-02T03:04:05Z')
const roleId = 'AROAAAAAAAAAAAAAAAAAA'
const sessionKey = 'ASIAAAAAAAAAAAAAAAAA'

let state: Store
let key: string
beforeEach(() => {
  state = memoryStore()
  key = createAccount(state, secrets, account, 0).adminAccessKeyId
  const role: Role = {
    RoleName: 'r',
    RoleId: roleId,
    Path: '/',
    Arn: `arn:aws:iam::${account}:role/r`,
    CreateDate: 0,
    inline: {},
    attached: [],
    Tags: [],
    MaxSessionDuration: 3600,
    AssumeRolePolicyDocument: '{}',
  }
  state.put(roles, role, account, 'r')
  state.put(uniqueIds, { accountId: account, kind: 'role', name: 'r' }, roleId)
  const session: Session = {
    kind: 'role-session',
    accountId: account,
    principalId: roleId,
    name: 'r',
    sessionName: 's',
    issuedAt: 0,
    expiresAt: now + 1000,
    policy: null,
    policyArns: [],
    tags: {},
    transitiveTagKeys: [],
    sourceIdentity: null,
    mfaAt: null,
    chained: false,
  }
  state.put(sessions, session, sessionKey)
})

interface Signing {
  key?: string
  secret?: string
  token?: string
  region?: string
  service?: string
  at?: number
}

const signerOf = ({
  key: id = key,
  secret = secrets.secretAccessKey(id),
  token,
  region = 'us-west-2',
  service = 'sts',
}: Signing) =>
  new SignatureV4({
    service,
    region,
    credentials: { accessKeyId: id, secretAccessKey: secret, ...(token === undefined ? {} : { sessionToken: token }) },
    sha256: Hash.bind(null, 'sha256') as never,
  })

const bare = {
  method: 'GET',
  protocol: 'http:',
  hostname: '127.0.0.1',
  port: 1,
  path: '/',
  headers: { host: '127.0.0.1:1' },
}

const inHeader = async (signing: Signing = {}): Promise<HttpRequest> => {
  const { headers } = await signerOf(signing).sign(
    { ...bare, method: 'POST' },
    { signingDate: new Date(signing.at ?? now) },
  )
  return { method: 'POST', path: '/', query: '', headers, body: Buffer.alloc(0), sourceIp: '127.0.0.1' }
}

const inQuery = async (signing: Signing = {}, expiresIn = 900): Promise<HttpRequest> => {
  const query = { Action: 'GetCallerIdentity', Version: '2011-06-15' }
  const signed = await signerOf(signing).presign(
    { ...bare, query },
    { signingDate: new Date(signing.at ?? now), expiresIn },
  )
  const text = Object.entries(signed.query ?? {})
    .map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`)
    .join('&')
  return { method: 'GET', path: '/', query: text, headers: bare.headers, body: Buffer.alloc(0), sourceIp: '127.0.0.1' }
}

const outcome = (request: HttpRequest, clockSkew = 15): string => {
  try {
    return authenticate(request, { service: 'sts', clockSkew }, state, secrets, now).caller.arn
  } catch (error) {
    if (error instanceof AwsError) return `${error.status} ${error.code} ${error.message}`
    throw error
  }
}

const admin = `arn:aws:iam::${account}:user/admin`
const session = `arn:aws:sts::${account}:assumed-role/r/s`
const invalidToken = '403 InvalidClientTokenId The security token included in the request is invalid.'
const expired = '403 ExpiredToken The security token included in the request is expired'
const mismatch = /^403 SignatureDoesNotMatch The request signature we calculated does not match/
const token = secrets.sessionToken(sessionKey)
const minutes = 60_000

describe.each([
  ['in the header', inHeader],
  ['in the query', inQuery],
])('a signature %s', (_where, sign) => {
  test.each<[string, Signing, string | RegExp]>([
    ['is the admin', {}, admin],
    ['of a session', { key: sessionKey, token }, session],
    ['with a wrong secret', { secret: 'x' }, mismatch],
    ['of an unknown key, before its secret', { key: 'AKIAIOSFODNN7EXAMPLE', secret: 'x' }, invalidToken],
    ['of a session without token', { key: sessionKey }, invalidToken],
    [
      'of a session with another token, before its secret',
      { key: sessionKey, token: 'IQoJx', secret: 'x' },
      invalidToken,
    ],
    ['of a long-term key with a token', { token }, invalidToken],
    [
      'for another service, before its key',
      { service: 's3', key: 'AKIAIOSFODNN7EXAMPLE' },
      "403 SignatureDoesNotMatch Credential should be scoped to correct service: 'sts'. ",
    ],
    ['for no region', { region: 'moon' }, '403 SignatureDoesNotMatch Credential should be scoped to a valid region. '],
    [
      'for neither',
      { region: 'moon', service: 's3' },
      "403 SignatureDoesNotMatch Credential should be scoped to a valid region. Credential should be scoped to correct service: 'sts'. ",
    ],
    ['14 minutes old', { at: now - 14 * minutes }, admin],
    [
      '16 minutes old',
      { at: now - 16 * minutes },
      '403 SignatureDoesNotMatch Signature expired: 20260102T024805Z is now earlier than 20260102T024905Z (20260102T030405Z - 15 min.)',
    ],
    [
      '16 minutes ahead',
      { at: now + 16 * minutes },
      '403 SignatureDoesNotMatch Signature not yet current: 20260102T032005Z is still later than 20260102T031905Z (20260102T030405Z + 15 min.)',
    ],
  ])('%s', async (_title, signing, expected) => {
    const found = outcome(await sign(signing))
    if (typeof expected === 'string') expect(found).toBe(expected)
    else expect(found).toMatch(expected)
  })

  test('an inactive key is unknown, before its secret', async () => {
    const record = state.get(accessKeys, key)
    if (record !== undefined) state.put(accessKeys, { ...record, Status: 'Inactive' }, key)
    expect(outcome(await sign({ secret: 'x' }))).toBe(invalidToken)
  })

  test('an expired session is expired, before its secret and its role', async () => {
    const record = state.get(sessions, sessionKey)
    if (record !== undefined) state.put(sessions, { ...record, expiresAt: now }, sessionKey)
    state.remove(roles, account, 'r')
    expect(outcome(await sign({ key: sessionKey, token, secret: 'x' }))).toBe(expired)
  })

  test('a session without its role is unknown', async () => {
    state.remove(roles, account, 'r')
    expect(outcome(await sign({ key: sessionKey, token }))).toBe(invalidToken)
  })
})

test('a presigned query is good for as long as it says', async () => {
  expect(outcome(await inQuery({ at: now - 50 * minutes }, 3600))).toBe(admin)
  expect(outcome(await inQuery({ at: now - 2 * minutes }, 60))).toMatch(
    /^403 SignatureDoesNotMatch Signature expired: /,
  )
})

test('a presigned query that was changed is refused', async () => {
  const request = await inQuery()
  expect(outcome({ ...request, query: request.query.replace('GetCallerIdentity', 'GetSessionToken') })).toMatch(
    mismatch,
  )
})

test.each([
  ['nothing', {}, '403 MissingAuthenticationToken Request is missing Authentication Token'],
  [
    'a bearer',
    { authorization: 'Bearer x' },
    /^400 IncompleteSignature Unsupported AWS 'algorithm': 'Bearer'. \(Hashed with SHA-256 and encoded with Base64\) Authorization=[A-Za-z0-9+/]{43}=$/,
  ],
])('%s in the request', (_title, headers, expected) => {
  const found = outcome({ method: 'POST', path: '/', query: '', headers, body: Buffer.alloc(0), sourceIp: '127.0.0.1' })
  if (typeof expected === 'string') expect(found).toBe(expected)
  else expect(found).toMatch(expected)
})

test.each([
  ['no date', undefined, /requires existence of either a 'X-Amz-Date' or a 'Date' header/],
  ['a strange date', 'yesterday', /Date must be in ISO-8601 'basic format'. Got 'yesterday'/],
])('%s', async (_title, date, expected) => {
  const request = await inHeader()
  const { 'x-amz-date': _gone, ...headers } = request.headers
  expect(outcome({ ...request, headers: date === undefined ? headers : { ...headers, 'x-amz-date': date } })).toMatch(
    expected,
  )
})

test('the scope’s date must be the signature’s', async () => {
  const request = await inHeader()
  const headers = {
    ...request.headers,
    authorization: (request.headers.authorization ?? '').replace('/20260102/', '/20260101/'),
  }
  expect(outcome({ ...request, headers })).toMatch(
    /Date in Credential scope does not match YYYYMMDD .*'20260101' != '20260102'/,
  )
})
