import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sts } from '../../sandbox/sts/index.ts'
import type { Senders } from './errors/senders.ts'
import { type World, worldOn } from './errors/world.ts'
import { refusalOf } from './sandbox-for-tests.ts'
import { conformanceTarget } from './target.ts'

let world: World
/** May do nothing; a session may not ask for sessions of some kinds. */
let nobody: Senders
let RoleArn: string
let AccessKeyId: string
beforeAll(async () => {
  world = worldOn(await conformanceTarget(), { later: 0 })
  const role = await world.role()
  RoleArn = role.Arn
  AccessKeyId = (await world.user()).AccessKeyId
  nobody = world.as(await world.session(RoleArn))
})
afterAll(() => world.close(), 600_000)

interface Both {
  input: () => object
  /** Members that the answer must have; null: it never succeeds. */
  answer: object | null
  /** Code, status and the beginning of the message; null: AWS refuses it to nobody. */
  refusal: [code: string, status: number, message: string] | null
}

const credentials = { AccessKeyId: expect.stringMatching(/^ASIA[A-Z2-7]{16}$/), Expiration: expect.any(Date) }
const unknown: [string, number, string] = ['InvalidClientTokenId', 403, 'The security token included']

const operations: Readonly<Record<string, Both>> = {
  AssumeRole: {
    input: () => ({ RoleArn, RoleSessionName: 'tester' }),
    answer: { Credentials: credentials },
    refusal: ['AccessDenied', 403, 'User: arn:aws:sts::'],
  },
  // Served in web-identity.test.ts: it takes a provider that signs tokens.
  AssumeRoleWithWebIdentity: {
    input: () => ({ RoleArn, RoleSessionName: 'tester', WebIdentityToken: 'none' }),
    answer: null,
    refusal: ['InvalidIdentityToken', 400, 'The ID Token provided is not a valid JWT'],
  },
  DecodeAuthorizationMessage: {
    input: () => ({ EncodedMessage: 'nonsense' }),
    answer: null,
    refusal: ['AccessDenied', 403, 'User: arn:aws:sts::'],
  },
  GetAccessKeyInfo: {
    input: () => ({ AccessKeyId }),
    answer: { Account: expect.stringMatching(/^\d{12}$/) },
    refusal: ['AccessDenied', 403, 'User: arn:aws:sts::'],
  },
  GetCallerIdentity: { input: () => ({}), answer: { Arn: expect.any(String) }, refusal: null },
  GetFederationToken: {
    input: () => ({ Name: 'fed' }),
    answer: { Credentials: credentials },
    refusal: ['AccessDenied', 403, 'Cannot call GetFederationToken with session credentials'],
  },
  GetSessionToken: {
    input: () => ({}),
    answer: { Credentials: credentials },
    refusal: ['AccessDenied', 403, 'Cannot call GetSessionToken with session credentials'],
  },
}

test('the list has every operation that is served', () => {
  expect(Object.keys(operations).sort()).toEqual(Object.keys(sts).sort())
})

describe.each(Object.entries(operations))('%s', (operation, { input, answer, refusal }) => {
  test.skipIf(answer === null)('is served', async () => {
    expect(await world.sts(operation, input())).toMatchObject(answer ?? {})
  })

  test('is refused', async () => {
    const strangers = world.as({ accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'x'.repeat(40) })
    const call = refusal === null ? strangers.sts(operation, input()) : nobody.sts(operation, input())
    const [code, status, message] = await refusalOf(call)
    const [expectedCode, expectedStatus, text] = refusal ?? unknown
    expect([code, status]).toEqual([expectedCode, expectedStatus])
    expect(message).toContain(text)
  })
})
