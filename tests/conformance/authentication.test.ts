import { request as httpRequest } from 'node:http'
import { ECRClient, ListImagesCommand } from '@aws-sdk/client-ecr'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newSandbox, type TestSandbox } from './sandbox-for-tests.ts'

let sandbox: TestSandbox
beforeAll(async () => {
  sandbox = await newSandbox()
})
afterAll(() => sandbox.remove())

const rejection = (promise: Promise<unknown>): Promise<Record<string, unknown>> =>
  promise.then(
    () => Promise.reject(new Error('expected a refusal')),
    error => error as Record<string, unknown>,
  )

test('GetCallerIdentity names the admin', async () => {
  const answer = await new STSClient(sandbox.config).send(new GetCallerIdentityCommand({}))
  expect(answer).toMatchObject({
    Account: '111122223333',
    Arn: 'arn:aws:iam::111122223333:user/admin',
    UserId: expect.stringMatching(/^AIDA[A-Z2-7]{17}$/),
  })
})

const unknownKey = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'x'.repeat(40) }
const wrongSecret = () => ({ ...sandbox.config.credentials, secretAccessKey: 'y'.repeat(40) })
const strangeToken = () => ({ ...sandbox.config.credentials, sessionToken: 'IQoJ' })

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
    const client = new STSClient({ ...sandbox.config, credentials: credentials() })
    const error = await rejection(client.send(new GetCallerIdentityCommand({})))
    expect(error).toMatchObject({
      name: queryCode,
      message: expect.stringContaining(message),
      $metadata: { httpStatusCode: 403 },
    })
  })

  test('ECR refuses with 400', async () => {
    const client = new ECRClient({ ...sandbox.config, credentials: credentials() })
    const error = await rejection(client.send(new ListImagesCommand({ repositoryName: 'team-a' })))
    expect(error).toMatchObject({
      name: jsonCode,
      message: expect.stringContaining(message),
      $metadata: { httpStatusCode: 400 },
    })
  })
})

test('a body changed on the way is refused although the client’s own hash header still fits it', async () => {
  const client = new STSClient(sandbox.config)
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

const raw = (
  headers: Record<string, string>,
  path = '/',
  method = 'POST',
  body = '',
): Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; body: string }> =>
  new Promise((resolve, reject) => {
    const sent = httpRequest({ host: '127.0.0.1', port: sandbox.port, path, method, headers }, response => {
      let text = ''
      response.on('data', chunk => {
        text += chunk
      })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }))
    })
    sent.on('error', reject)
    sent.end(body)
  })

const form = { 'content-type': 'application/x-www-form-urlencoded' }

test.each([
  ['a foreign Host', { host: 'evil.example' }, '/', '', 403, /sandbox answers to/],
  [
    'no Authorization',
    form,
    '/',
    'Action=GetCallerIdentity&Version=2011-06-15',
    403,
    /<Code>MissingAuthenticationToken<\/Code>\n {4}<Message>Request is missing Authentication Token</,
  ],
  ['no Action', form, '/', 'Version=2011-06-15', 302, /^$/],
  ['another path', form, '/a/../b', '', 404, /^<UnknownOperationException\/>\n$/],
])('a request with %s', async (_title, headers, path, body, status, text) => {
  const answer = await raw(headers, path, 'POST', body)
  expect(answer.status).toBe(status)
  expect(answer.body).toMatch(text)
})
