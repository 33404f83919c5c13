import { connect } from 'node:net'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { randomFrom } from '../../sandbox/random.ts'
import { newSandbox, type TestSandbox } from './sandbox-for-tests.ts'

/** More with FUZZ_REQUESTS; each run of a seed sends the same bytes. */
const requests = Number(process.env.FUZZ_REQUESTS ?? 3000)
const random = randomFrom(Number(process.env.FUZZ_SEED ?? 1))
const pick = <T>(list: readonly [T, ...T[]]): T => list[Math.floor(random() * list.length)] ?? list[0]
const noise = (length: number): string =>
  Array.from({ length }, () => String.fromCharCode(Math.floor(random() * 256))).join('')

let sandbox: TestSandbox
beforeAll(async () => {
  sandbox = await newSandbox()
})
afterAll(() => sandbox.remove())

const methods = ['GET', 'POST', 'PUT', 'HEAD', 'DELETE', 'OPTIONS', 'PATCH', 'FOO'] as const
const paths = [
  '/',
  '/',
  '/',
  '/v2/',
  '/v2/a/manifests/b',
  '/v2/../x',
  '/layers/x?token=%00',
  '/%2e%2e/',
  '//',
  '/?Action=GetRole&%ff=%',
  '*',
  'http://evil.example/',
  '/v2/a/blobs/uploads/x?digest=y',
] as const
const types = [
  'application/x-www-form-urlencoded',
  'application/x-amz-json-1.1',
  'text/xml',
  '',
  'application/x-amz-json-1.0; charset=utf-16',
] as const
const bodies = [
  'Action=GetCallerIdentity&Version=2011-06-15',
  'Action=CreateRole&Version=2010-05-08&Tags.member.1.Key=a&Tags.member.999999999999.Key=b',
  `${'a.'.repeat(3000)}=1&Action=ListRoles&Version=2010-05-08`,
  '{"repositoryName":',
  '[]',
  `${'['.repeat(5000)}`,
  '{"__proto__":{"x":1}}',
  'Action=%zz%ff&Version=%',
  '',
] as const
const authorizations = [
  '',
  'AWS4-HMAC-SHA256 Credential=AKIA/20260101/us-west-2/sts/aws4_request, SignedHeaders=host, Signature=00',
  'AWS4-HMAC-SHA256 Credential=AKIA/x/y/s3/aws4_request, SignedHeaders=;;;, Signature=zz',
  'AWS4-HMAC-SHA256 ,,,===',
  'Basic QVdTOng=',
  `Bearer ${'x'.repeat(9000)}`,
] as const

const message = (): string => {
  const body = random() < 0.2 ? noise(Math.floor(random() * 300)) : pick(bodies)
  const length =
    random() < 0.1
      ? pick(['-1', 'x', '99999999999', String(body.length + 5), '0'] as const)
      : String(Buffer.byteLength(body, 'latin1'))
  const lines = [
    `${pick(methods)} ${pick(paths)} HTTP/${pick(['1.1', '1.1', '1.1', '1.0', '9'] as const)}`,
    `Host: ${random() < 0.9 ? `127.0.0.1:${sandbox.port}` : pick(['evil.example', '', '127.0.0.1', `localhost.evil:${sandbox.port}`] as const)}`,
    `Content-Type: ${pick(types)}`,
    `Content-Length: ${length}`,
    `Authorization: ${pick(authorizations)}`,
    ...(random() < 0.5
      ? [
          `X-Amz-Target: ${pick(['AmazonEC2ContainerRegistry_V20150921.ListImages', 'AmazonEC2ContainerRegistry_V20150921.__proto__', 'x', noise(10).replace(/[\r\n]/g, '')] as const)}`,
        ]
      : []),
    ...(random() < 0.05 ? [`X-Big: ${'y'.repeat(70_000)}`] : []),
    'Connection: close',
  ]
  return random() < 0.03 ? noise(200) : `${lines.join('\r\n')}\r\n\r\n${body}`
}

/** What came back until the server closed; the client closes its half first where the message is cut short. */
const send = (text: string): Promise<string> =>
  new Promise(resolve => {
    let answer = ''
    const socket = connect(sandbox.port, '127.0.0.1', () => socket.end(Buffer.from(text, 'latin1')))
    socket.setEncoding('latin1')
    socket.on('data', chunk => {
      answer += chunk
    })
    socket.on('error', () => resolve(answer))
    socket.on('close', () => resolve(answer))
  })

test('malformed requests get a well-formed refusal or a closed connection, and valid calls between them succeed', async () => {
  const sts = new STSClient(sandbox.config)
  const statuses = new Map<number, number>()
  for (let sent = 0; sent < requests; sent += 20) {
    for (const [text, answer] of await Promise.all(
      Array.from({ length: 20 }, message).map(async text => [text, await send(text)] as const),
    )) {
      const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(answer)?.[1] ?? 0)
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
      const isRefusal = status === 0 || status === 302 || (status >= 400 && status < 500) || status === 501
      expect(isRefusal, `${JSON.stringify(text.slice(0, 500))} was answered ${answer.slice(0, 500)}`).toBe(true)
    }
    if (sent % 500 === 0) expect((await sts.send(new GetCallerIdentityCommand({}))).Account).toBe('111122223333')
  }
  expect((await sts.send(new GetCallerIdentityCommand({}))).Account).toBe('111122223333')
  expect([...statuses.keys()]).toEqual(expect.arrayContaining([400, 403, 404]))
})

test('a body over the limit is refused', async () => {
  const head = `POST / HTTP/1.1\r\nHost: 127.0.0.1:${sandbox.port}\r\nContent-Type: application/x-www-form-urlencoded\r\n`
  expect(await send(`${head}Content-Length: 10000001\r\n\r\n`)).toMatch(/^HTTP\/1\.1 413 /)
  const chunk = `${(1_000_000).toString(16)}\r\n${'x'.repeat(1_000_000)}\r\n`
  expect(await send(`${head}Transfer-Encoding: chunked\r\n\r\n${chunk.repeat(11)}0\r\n\r\n`)).toMatch(
    /^(HTTP\/1\.1 413 |$)/,
  )
})
