import { hash, timingSafeEqual } from 'node:crypto'
import type { Credential } from './authorization-header.ts'
import type { HttpRequest } from './exchange.ts'
import { hmacSha256Under } from './hmac-sha256.ts'

/**
 * Whether the request was signed with this secret (Signature Version 4, header form).
 * The body is hashed here: the client's own `x-amz-content-sha256` is a claim, and a tampered body keeps it.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export const isSignedWith = (
  request: HttpRequest,
  credential: Credential,
  timestamp: string,
  secret: string,
): boolean => {
  const scope = `${credential.date}/${credential.region}/${credential.service}/aws4_request`
  const toSign = `AWS4-HMAC-SHA256\n${timestamp}\n${scope}\n${sha256(canonicalRequest(request, credential.signedHeaders))}`
  const expected = signingKey(secret, credential)(toSign)
  const given = Buffer.from(credential.signature, 'hex')
  return given.length === expected.length && timingSafeEqual(given, expected)
}

const canonicalRequest = (
  { method, path, query, headers, body }: HttpRequest,
  signedHeaders: readonly string[],
): string => {
  let lines = ''
  for (const name of signedHeaders) lines += `${name}:${withSingleBlanks(headers[name] ?? '')}\n`
  return `${method}\n${canonicalPath(path)}\n${canonicalQuery(query)}\n${lines}\n${signedHeaders.join(';')}\n${sha256(body)}`
}

const withSingleBlanks = (value: string): string => {
  const trimmed = value.trim()
  return trimmed.includes('  ') ? trimmed.replace(/ +/g, ' ') : trimmed
}

/** Every service but S3 signs the path normalized and encoded once more. */
const canonicalPath = (path: string): string => {
  if (path === '/') return path
  const kept: string[] = []
  for (const segment of path.split('/')) {
    if (segment === '..') kept.pop()
    else if (segment !== '' && segment !== '.') kept.push(encode(segment))
  }
  return `/${kept.join('/')}${path.endsWith('/') && kept.length > 0 ? '/' : ''}`
}

const canonicalQuery = (query: string): string => {
  if (query === '') return ''
  return query
    .split('&')
    .filter(pair => pair !== '')
    .map(pair => {
      const at = pair.indexOf('=')
      const [name, value] = at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)]
      return [encode(decode(name)), encode(decode(value))] as const
    })
    .sort(([a, x], [b, y]) => compare(a, b) || compare(x, y))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}

const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)

const sha256 = (data: string | Buffer): string => hash('sha256', data, 'hex')

type Signing = (message: string) => Buffer

/** A key serves a day, a region and a service: deriving it costs more than the rest of the check. */
const signingKeys = new Map<string, { secret: string; sign: Signing }>()
const mostSigningKeys = 1000

const signingKey = (secret: string, { accessKeyId, date, region, service }: Credential): Signing => {
  const name = `${accessKeyId}/${date}/${region}/${service}`
  const known = signingKeys.get(name)
  if (known?.secret === secret) return known.sign
  const key = [date, region, service, 'aws4_request'].reduce<Buffer>(
    (previous, part) => hmacSha256Under(previous)(part),
    Buffer.from(`AWS4${secret}`),
  )
  if (signingKeys.size >= mostSigningKeys) signingKeys.clear()
  const sign = hmacSha256Under(key)
  signingKeys.set(name, { secret, sign })
  return sign
}
