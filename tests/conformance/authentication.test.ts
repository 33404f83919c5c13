import { ECRClient, ListImagesCommand } from '@aws-sdk/client-ecr'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type World, worldOn } from './errors/world.ts'
import { onAws } from './on-aws.ts'
import { type ClientConfig, conformanceTarget, type Target } from './target.ts'

let target: Target
let world: World
/** A user with keys of his own: the caller's may be anything the SDK finds. */
let user: { Arn: string; credentials: NonNullable<ClientConfig['credentials']> }
beforeAll(async () => {
  target = await conformanceTarget()
  world = worldOn(target, { later: 0 })
  user = await world.user()
}, 120_000)
afterAll(() => world.close(), 600_000)

const rejection = (promise: Promise<unknown>): Promise<Record<string, unknown>> =>
  promise.then(
    () => Promise.reject(new Error('expected a refusal')),
    error => error as Record<string, unknown>,
  )

test('GetCallerIdentity names the caller', async () => {
  const answer = await new STSClient({ ...target.config, credentials: user.credentials }).send(
    new GetCallerIdentityCommand({}),
  )
  expect(answer).toMatchObject({
    Account: target.accountId,
    Arn: user.Arn,
    UserId: expect.stringMatching(/^AIDA[A-Z2-7]{17}$/),
  })
})

const unknownKey = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'x'.repeat(40) }
const wrongSecret = () => ({ ...user.credentials, secretAccessKey: 'y'.repeat(40) })
const strangeToken = () => ({ ...user.credentials, sessionToken: 'IQoJ' })

describe.each([
  [
    'an unknown key',
    () => unknownKey,
    'InvalidClientTokenId',
    'UnrecognizedClientException',
    'The security token included in the request is invalid.',
  ],
  [
    'a token that is not the key’s',
    strangeToken,
    'InvalidClientTokenId',
    'UnrecognizedClientException',
    'The security token included in the request is invalid.',
  ],
  [
    'a wrong secret',
    wrongSecret,
    'SignatureDoesNotMatch',
    'InvalidSignatureException',
    'The request signature we calculated does not match',
  ],
])('%s', (_title, credentials, queryCode, jsonCode, message) => {
  test('STS refuses with 403', async () => {
    const client = new STSClient({ ...target.config, credentials: credentials() })
    const error = await rejection(client.send(new GetCallerIdentityCommand({})))
    expect(error).toMatchObject({
      name: queryCode,
      message: expect.stringContaining(onAws ? '' : message),
      $metadata: { httpStatusCode: 403 },
    })
  })

  test('ECR refuses with 400', async () => {
    const client = new ECRClient({ ...target.config, credentials: credentials() })
    const error = await rejection(client.send(new ListImagesCommand({ repositoryName: 'team-a' })))
    expect(error).toMatchObject({
      name: jsonCode,
      message: expect.stringContaining(onAws ? '' : message),
      $metadata: { httpStatusCode: 400 },
    })
  })
})

test('a body changed on the way is refused although the client’s own hash header still fits it', async () => {
  const client = new STSClient({ ...target.config, credentials: user.credentials })
  client.middlewareStack.add(
    next => args => {
      const request = args.request as { body: string; headers: Record<string, string> }
      request.body = request.body.replace('Version=2011-06-15', 'Version=2011-06-15&X=1')
      request.headers['content-length'] = String(request.body.length)
      expect(request.headers['x-amz-content-sha256']).toBeDefined()
      return next(args)
    },
    { step: 'finalizeRequest', priority: 'low', name: 'tamper' },
  )
  const error = await rejection(client.send(new GetCallerIdentityCommand({})))
  expect(error).toMatchObject({ name: 'SignatureDoesNotMatch', $metadata: { httpStatusCode: 403 } })
})
