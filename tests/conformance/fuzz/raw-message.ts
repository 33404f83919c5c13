import type { Chance } from './chance.ts'

const methods = ['GET', 'POST', 'POST', 'PUT', 'HEAD', 'DELETE', 'OPTIONS', 'PATCH', 'FOO']
const paths = [
  '/',
  '/',
  '/',
  '/v2/',
  '/v2/a/manifests/b',
  '/v2/../x',
  '/v2/%2e%2e/%2e%2e/etc/passwd/manifests/x',
  '/v2/a/blobs/sha256:../../../x',
  '/v2/a/blobs/uploads/x?digest=y',
  '/layers/x?token=%00',
  '/layers/../../state?token=a',
  '/%2e%2e/',
  '//',
  '/?Action=GetRole&%ff=%',
  `/?${'a=b&'.repeat(500)}`,
  '*',
  'http://evil.example/',
]
const types = [
  'application/x-www-form-urlencoded',
  'application/x-amz-json-1.1',
  'text/xml',
  '',
  'application/x-amz-json-1.0; charset=utf-16',
  'multipart/form-data; boundary=',
]
const bodies = [
  'Action=GetCallerIdentity&Version=2011-06-15',
  'Action=CreateRole&Version=2010-05-08&Tags.member.1.Key=a&Tags.member.999999999999.Key=b',
  `${'a.'.repeat(3000)}=1&Action=ListRoles&Version=2010-05-08`,
  'Action=__proto__&Version=2010-05-08&constructor.prototype.x=1',
  '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
  '{"repositoryName":',
  '[]',
  'null',
  '\ufeff{}',
  '['.repeat(5000),
  '{"__proto__":{"x":1}}',
  'Action=%zz%ff&Version=%',
  '',
]
const authorizations = [
  '',
  'AWS4-HMAC-SHA256 Credential=AKIA/20260101/us-west-2/sts/aws4_request, SignedHeaders=host, Signature=00',
  'AWS4-HMAC-SHA256 Credential=AKIA/x/y/s3/aws4_request, SignedHeaders=;;;, Signature=zz',
  'AWS4-HMAC-SHA256 ,,,===',
  'AWS4-ECDSA-P256-SHA256 Credential=a',
  'Basic QVdTOng=',
  'Basic =====',
]
const targets = [
  'AmazonEC2ContainerRegistry_V20150921.ListImages',
  'AmazonEC2ContainerRegistry_V20150921.__proto__',
  'AmazonEC2ContainerRegistry_V20150921.',
  'x',
]
const hosts = ['evil.example', '', '127.0.0.1', 'localhost.evil:80', '127.0.0.1:99999', '[::1]', 'a b']
const lengths = ['-1', 'x', '99999999999', '0', '+5', '0x10', '5, 6']

const hostLine = (chance: Chance, port: number): string =>
  `Host: ${chance.percent(90) ? `127.0.0.1:${port}` : chance.pick(hosts)}`

const lengthLines = (chance: Chance, body: string): string[] => {
  const own = Buffer.byteLength(body, 'latin1')
  if (chance.percent(5)) return ['Transfer-Encoding: chunked', `Content-Length: ${own}`]
  if (chance.percent(5)) return ['Transfer-Encoding: chunked']
  if (chance.percent(5)) return [`Content-Length: ${own}`, `Content-Length: ${own + 1}`]
  return [`Content-Length: ${chance.percent(12) ? chance.pick([...lengths, String(own + 5)]) : own}`]
}

const oneLine = (text: string): string => text.replace(/[\r\n]/g, '')

/** One request that nobody signed rightly, as bytes in Latin-1: bad lines, lengths, encodings, paths, bodies, or noise. */
export const rawMessage = (chance: Chance, port: number): string => {
  if (chance.percent(3)) return chance.noise(200)
  const body = chance.percent(20) ? chance.noise(chance.below(300)) : chance.pick(bodies)
  const authorization = chance.percent(5) ? `Bearer ${'x'.repeat(9000)}` : chance.pick(authorizations)
  const lines = [
    `${chance.pick(methods)} ${chance.pick(paths)} HTTP/${chance.pick(['1.1', '1.1', '1.1', '1.0', '9'])}`,
    hostLine(chance, port),
    `Content-Type: ${chance.pick(types)}`,
    ...lengthLines(chance, body),
    `Authorization: ${authorization}`,
    ...(chance.percent(50)
      ? [`X-Amz-Target: ${chance.percent(25) ? oneLine(chance.noise(10)) : chance.pick(targets)}`]
      : []),
    ...(chance.percent(3) ? [`X-Big: ${'y'.repeat(70_000)}`] : []),
    ...(chance.percent(3) ? Array.from({ length: 200 }, (_, at) => `X-Many-${at}: ${at}`) : []),
    ...(chance.percent(3) ? [` folded: ${oneLine(chance.noise(20))}`] : []),
    'Connection: close',
  ]
  return `${lines.join('\r\n')}\r\n\r\n${body}`
}
