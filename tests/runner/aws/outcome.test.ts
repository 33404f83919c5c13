import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { NodeHttpHandler } from '@smithy/node-http-handler'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openIdentity } from '../../../runner/aws/identity.ts'
import { outcomeOfException } from '../../../runner/aws/outcome.ts'
import type { Aws } from '../../../runner/steps/step-kind.ts'

interface Answer {
  status: number
  headers?: Record<string, string>
  body: string
  /** The connection is cut after the body, which is shorter than was announced. */
  cut?: boolean
}

let server: Server
let answers: Answer[] = []
let asked = 0
let aws: Aws
const requestHandler = new NodeHttpHandler()
beforeAll(async () => {
  server = createServer((request, response) => {
    request.resume()
    const answer = answers[Math.min(asked, answers.length - 1)]
    asked += 1
    if (!answer) return response.destroy()
    const { status, headers = {}, body, cut = false } = answer
    response.writeHead(status, { ...headers, 'content-length': String(Buffer.byteLength(body) + (cut ? 10 : 0)) })
    response.write(body, () => (cut ? response.destroy() : response.end()))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const keys = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'secret' }
  aws = openIdentity({ region: 'us-west-2', endpoint, requestHandler }, keys, 'arn:aws:iam::111122223333:user/admin')
})
afterAll(() => {
  requestHandler.destroy()
  server.closeAllConnections()
  server.close()
})

async function call(operation: string, input: Record<string, unknown>, ...given: Answer[]) {
  answers = given
  asked = 0
  const outcome = await aws.call(operation, input)
  return { outcome, asked }
}

const json = (body: string, status = 400, more: Partial<Answer> = {}): Answer => ({
  status,
  headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': 'r' },
  body,
  ...more,
})
const xml = (code: string, message: string, status: number): Answer => ({
  status,
  headers: { 'content-type': 'text/xml' },
  body: `<ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>r</RequestId></ErrorResponse>`,
})
const sentence =
  'User: arn:aws:iam::111122223333:user/admin is not authorized to perform: ecr:CreateRepository on resource: arn:aws:ecr:us-west-2:111122223333:repository/a because no identity-based policy allows the ecr:CreateRepository action'
const denial = JSON.stringify({ __type: 'AccessDeniedException', message: sentence })

/** A change, which is never sent twice but when it was throttled. */
test.each<[string, Answer, Record<string, unknown>]>([
  ['denied', json(denial), { outcome: 'denied', code: 'AccessDeniedException', httpStatus: 400, requestId: 'r' }],
  [
    'denied, with a namespace in the type',
    json(denial.replace('AccessDenied', 'com.amazon.coral.service#AccessDenied')),
    { outcome: 'denied', code: 'AccessDeniedException' },
  ],
  [
    'a fault of the request',
    json('{"__type":"RepositoryAlreadyExistsException","message":"m"}'),
    { outcome: 'failed', cause: 'request', code: 'RepositoryAlreadyExistsException', message: 'm' },
  ],
  [
    'a fault of AWS',
    json('{"__type":"ServerException","message":"m"}', 500),
    { outcome: 'failed', cause: 'unavailable' },
  ],
  [
    'an expired session',
    json('{"__type":"ExpiredTokenException","message":"m"}'),
    { outcome: 'failed', cause: 'credentials' },
  ],
  ['a proxy’s page', { status: 502, body: '<html>Bad Gateway</html>' }, { outcome: 'failed', cause: 'network' }],
  ['a proxy’s refusal', { status: 403, body: '<html>Forbidden</html>' }, { outcome: 'failed', cause: 'network' }],
  ['a denial that breaks off', json(denial.slice(0, 90)), { outcome: 'failed', cause: 'network' }],
  [
    'a denial whose connection breaks off',
    json(denial.slice(0, 90), 400, { cut: true }),
    { outcome: 'failed', cause: 'network' },
  ],
  [
    'a denial in the header alone, its words lost',
    json('', 400, { headers: { 'x-amzn-errortype': 'AccessDeniedException' } }),
    { outcome: 'failed', cause: 'network' },
  ],
  [
    'a denial in the header, its body broken off',
    json(denial.slice(0, 90), 400, { headers: { 'x-amzn-errortype': 'AccessDeniedException' } }),
    { outcome: 'failed', cause: 'network' },
  ],
  ['success that breaks off', json('{"repository":{"reposit', 200), { outcome: 'failed', cause: 'network' }],
])('%s', async (_, answer, expected) => {
  const { outcome, asked: times } = await call('ecr:CreateRepository', { repositoryName: 'a' }, answer)
  expect(outcome).toMatchObject(expected)
  expect(times).toBe(1)
})

test.each<[string, string, Record<string, unknown>, Answer[], number, string]>([
  [
    'a throttled change is sent again',
    'ecr:CreateRepository',
    { repositoryName: 'a' },
    [json('{"__type":"ThrottlingException","message":"Rate exceeded"}'), json('{"repository":{}}', 200)],
    2,
    'allowed',
  ],
  [
    'a read is asked again after a 5xx',
    'iam:GetRole',
    { RoleName: 'r' },
    [xml('ServiceFailure', 'm', 500), xml('Throttling', 'm', 400), xml('NoSuchEntity', 'm', 404)],
    3,
    'NoSuchEntity',
  ],
  [
    'AssumeRole changes nothing, so it is asked again',
    'sts:AssumeRole',
    { RoleArn: 'arn:aws:iam::111122223333:role/r', RoleSessionName: 'ab' },
    [xml('ServiceUnavailable', 'm', 503), xml('AccessDenied', 'no', 403)],
    2,
    'AccessDenied',
  ],
  [
    'a denial is not asked again',
    'iam:GetRole',
    { RoleName: 'r' },
    [xml('AccessDenied', 'no', 403)],
    1,
    'AccessDenied',
  ],
])('%s', async (_, operation, input, given, times, came) => {
  const { outcome, asked: sent } = await call(operation, input, ...given)
  expect(sent).toBe(times)
  expect(outcome.outcome === 'allowed' ? 'allowed' : outcome.code.replace(/Exception$/, '')).toBe(came)
})

test.each([
  ['an operation the SDK does not know', 'ecr:MakeCoffee', /no operation `MakeCoffee`/],
  ['a service there is no client for', 's3:ListBuckets', /no client for the service `s3`/],
])('%s is told by name', async (_, operation, message) => {
  const { outcome, asked: sent } = await call(operation, {})
  expect(outcome).toMatchObject({ outcome: 'failed', message: expect.stringMatching(message) })
  expect(sent).toBe(0)
})

test.each([
  [{ name: 'CredentialsProviderError', message: 'Could not load credentials' }, 'credentials'],
  [{ name: 'TokenProviderError', message: 'Token is expired. Run aws sso login' }, 'credentials'],
  [{ name: 'Error', code: 'ECONNREFUSED', message: '' }, 'network'],
  [{ name: 'AggregateError', errors: [{ code: 'ECONNREFUSED' }], message: '' }, 'network'],
  [{ name: 'TimeoutError', message: 'timed out' }, 'network'],
  [{ name: 'Error', code: 'ENOTFOUND', message: 'getaddrinfo' }, 'network'],
  [{ name: 'TypeError', message: 'Invalid URL' }, 'request'],
  ['a text that was thrown', 'request'],
])('%j is a failure: %s', (thrown, cause) => {
  expect(outcomeOfException('ecr:ListImages', thrown)).toMatchObject({ outcome: 'failed', cause, httpStatus: null })
})
