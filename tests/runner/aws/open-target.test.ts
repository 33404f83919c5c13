import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { openTarget, type TargetOptions } from '../../../runner/aws/target.ts'
import { LabError } from '../../../runner/lab-error.ts'

/** Answers all that comes with one text. */
let server: Server
let answer = { status: 200, type: 'text/html', body: '' }
beforeAll(async () => {
  server = createServer((request, response) => {
    request.resume()
    response.writeHead(answer.status, { 'content-type': answer.type })
    response.end(answer.body)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const environment = { ...process.env }
afterEach(() => {
  process.env = { ...environment }
})

const caller = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' }
const listening = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`
const xml = (code: string, message: string) =>
  `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>r</RequestId></ErrorResponse>`

const open = (options: Partial<TargetOptions>) =>
  openTarget({
    name: 'aws',
    region: 'us-west-2',
    endpoint: listening(),
    caller,
    identities: {},
    environment: {},
    ...options,
  }).then(
    () => Promise.reject(new Error('expected a refusal')),
    (error: LabError) => error,
  )

test.each<[string, Partial<TargetOptions>, RegExp, RegExp]>([
  [
    'nobody listens there',
    { endpoint: 'http://127.0.0.1:9' },
    /no answer from http:\/\/127\.0\.0\.1:9.*ECONNREFUSED/,
    /listening at/,
  ],
  [
    'there is no such host',
    { endpoint: 'http://nosuch.invalid' },
    /no answer from http:\/\/nosuch\.invalid/,
    /listening at/,
  ],
  ['it is no address', { endpoint: 'nonsense' }, /nonsense/, /listening at/],
])('%s', async (_, options, message, hint) => {
  const error = await open(options)
  expect(error).toBeInstanceOf(LabError)
  expect(error).toMatchObject({ exitCode: 3, code: 'environment' })
  expect(error.message).toMatch(message)
  expect(error.hint).toMatch(hint)
})

test.each([
  ['a web page', 200, 'text/html', '<html>hello</html>', /no answer from/],
  ['a proxy’s error', 502, 'text/html', '<html>Bad Gateway</html>', /no answer from/],
  [
    'an unknown key',
    403,
    'text/xml',
    xml('InvalidClientTokenId', 'The security token included in the request is invalid.'),
    /no usable credentials for the caller: The security token/,
  ],
  [
    'an expired session',
    403,
    'text/xml',
    xml('ExpiredToken', 'The security token included in the request is expired'),
    /no usable credentials for the caller/,
  ],
  [
    'a wrong secret',
    403,
    'text/xml',
    xml('SignatureDoesNotMatch', 'The request signature we calculated does not match'),
    /no usable credentials for the caller/,
  ],
])('it answers with %s', async (_, status, type, body, message) => {
  answer = { status, type, body }
  const error = await open({})
  expect(error).toMatchObject({ exitCode: 3, code: 'environment' })
  expect(error.message).toMatch(message)
  expect(error.message).not.toContain(caller.secretAccessKey)
  expect(error.hint).not.toBeNull()
})

test.each<[string, Partial<TargetOptions>, RegExp]>([
  ['no credentials at all', { caller: { profile: null } }, /no usable credentials for the caller/],
  ['a profile that is not there', { caller: { profile: 'nosuch' } }, /no usable credentials for the caller/],
  [
    'an identity of labs.yaml without its profile',
    { identities: { partner: { profile: 'nosuch' } } },
    /no usable credentials for the identity `partner`|caller/,
  ],
])('%s', async (_, options, message) => {
  answer = { status: 403, type: 'text/xml', body: xml('InvalidClientTokenId', 'invalid') }
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name]
  Object.assign(process.env, { HOME: '/nonexistent', AWS_EC2_METADATA_DISABLED: 'true' })
  const error = await open(options)
  expect(error).toMatchObject({ exitCode: 3, code: 'environment' })
  expect(error.message).toMatch(message)
})
