import { createHash } from 'node:crypto'
import { Hash } from '@smithy/core/serde'
import { SignatureV4 } from '@smithy/signature-v4'
import { describe, expect, test } from 'vitest'
import { parseAuthorization } from '../../../sandbox/wire/authorization-header.ts'
import type { HttpRequest } from '../../../sandbox/wire/exchange.ts'
import { isSignedWith } from '../../../sandbox/wire/signature.ts'

const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'
const signer = new SignatureV4({
  service: 'sts',
  region: 'us-west-2',
  credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: secret },
  sha256: Hash.bind(null, 'sha256') as never,
})

interface Row {
  method?: string
  path?: string
  query?: Record<string, string | string[]>
  /** As it goes over the wire. */
  sent?: string
  headers?: Record<string, string>
  body?: string
}

const signed = async ({
  method = 'POST',
  path = '/',
  query = {},
  sent = '',
  headers = {},
  body = '',
}: Row): Promise<HttpRequest> => {
  const request = {
    method,
    protocol: 'http:',
    hostname: '127.0.0.1',
    port: 4000,
    path,
    query,
    headers: { host: '127.0.0.1:4000', ...headers },
    body,
  }
  const result = await signer.sign(request, { signingDate: new Date('2026-01-02T03:04:05Z') })
  return { method, path, query: sent, headers: result.headers, body: Buffer.from(body), sourceIp: '127.0.0.1' }
}

const verify = (request: HttpRequest, secretUsed = secret): boolean =>
  isSignedWith(
    request,
    parseAuthorization(request.headers.authorization ?? ''),
    request.headers['x-amz-date'] ?? '',
    secretUsed,
  )

describe('requests signed by the SDK’s own signer', () => {
  test.each<[string, Row]>([
    ['an empty POST', {}],
    [
      'a form',
      {
        body: 'Action=GetCallerIdentity&Version=2011-06-15',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      },
    ],
    ['headers with runs of blanks', { headers: { 'user-agent': '  a   b  c ' } }],
    [
      'a query',
      {
        method: 'GET',
        query: { Version: '1', Action: 'A b', 'a+b': ['2', '1'], e: '' },
        sent: 'e=&Action=A%20b&Version=1&a%2Bb=2&a%2Bb=1',
      },
    ],
    ['text beyond ASCII', { body: '{"x":"é€😀"}', query: { k: "é!'()*" }, sent: 'k=%C3%A9!%27()*' }],
  ])('%s is accepted, with another secret or body it is not', async (_title, row) => {
    const request = await signed(row)
    expect(verify(request)).toBe(true)
    expect(verify(request, `${secret}x`)).toBe(false)
    expect(verify({ ...request, body: Buffer.from(`${row.body ?? ''} `) })).toBe(false)
    expect(verify({ ...request, query: 'x=1' })).toBe(false)
    expect(verify({ ...request, method: 'PUT' })).toBe(false)
  })
})

test('the body’s own hash decides, not the header’s', async () => {
  const request = await signed({
    body: 'one',
    headers: { 'x-amz-content-sha256': createHash('sha256').update('one').digest('hex') },
  })
  expect(verify(request)).toBe(true)
  expect(verify({ ...request, body: Buffer.from('two') })).toBe(false)
})

test.each([
  ['', /Unsupported AWS 'algorithm'/],
  ['Basic QVdTOng=', /Unsupported AWS 'algorithm': 'Basic'/],
  [
    'AWS4-HMAC-SHA256 Signature=a',
    /requires 'Credential' parameter. Authorization header requires 'SignedHeaders' parameter. \(Hashed/,
  ],
  [
    'AWS4-HMAC-SHA256 Credential=a/b/c, SignedHeaders=host, Signature=a',
    /exactly 5 slash-delimited elements.*got 'a\/b\/c'/,
  ],
  [
    'AWS4-HMAC-SHA256 Credential=a/b/c/d/e, SignedHeaders=host, Signature=a',
    /valid terminator: 'aws4_request', not 'e'/,
  ],
])('the header `%s` is refused', (header, message) => {
  expect(() => parseAuthorization(header)).toThrow(message)
})

test('blanks after commas do not matter', () => {
  const credential = {
    accessKeyId: 'K',
    date: '20260102',
    region: 'r',
    service: 'sts',
    signedHeaders: ['host', 'x-a'],
    signature: 'ab',
  }
  expect(
    parseAuthorization('AWS4-HMAC-SHA256 Credential=K/20260102/r/sts/aws4_request,SignedHeaders=host;x-a,Signature=ab'),
  ).toEqual(credential)
  expect(
    parseAuthorization(
      'AWS4-HMAC-SHA256 Credential=K/20260102/r/sts/aws4_request,  SignedHeaders=host;x-a, Signature=ab',
    ),
  ).toEqual(credential)
})
