import { createHash } from 'node:crypto'
import { AwsError } from '../errors.ts'

/** An `Authorization: AWS4-HMAC-SHA256 ...` header, taken apart. */
export interface Credential {
  accessKeyId: string
  /** `YYYYMMDD`. */
  date: string
  region: string
  service: string
  /** In lower case, in the order given. */
  signedHeaders: string[]
  /** Hexadecimal. */
  signature: string
}

const algorithm = 'AWS4-HMAC-SHA256'

/** A client's header is the same from call to call, but for the signature at its end. */
const knownHeads = new Map<string, Omit<Credential, 'signature'>>()
const mostHeads = 500
const longestHead = 1000

/**
 * @throws AwsError IncompleteSignature naming what the header lacks.
 * Texts: AWS's common errors for Signature Version 4, as versitygw copies them.
 */
export const parseAuthorization = (header: string): Credential => {
  const end = header.length - signatureCharacters
  const head = header.slice(0, end)
  if (end > longestHead || !head.endsWith(', Signature=')) return takenApart(header)
  const known = knownHeads.get(head)
  const signature = header.slice(end)
  if (known !== undefined && /^[0-9a-f]+$/.test(signature)) return { ...known, signature }
  const credential = takenApart(header)
  if (knownHeads.size >= mostHeads) knownHeads.clear()
  const { signature: _, ...rest } = credential
  knownHeads.set(head, rest)
  return credential
}

/** 32 bytes in hexadecimal. */
const signatureCharacters = 64

const takenApart = (header: string): Credential => {
  const [scheme = '', rest = ''] = splitOnce(header.trim(), ' ')
  if (scheme !== algorithm) throw incomplete(`Unsupported AWS 'algorithm': '${scheme}'.`, header)
  const parameters = new Map(rest.split(',').map(part => splitOnce(part.trim(), '=')))
  const missing = ['Credential', 'Signature', 'SignedHeaders'].filter(name => !parameters.get(name))
  if (missing.length > 0) {
    throw incomplete(missing.map(name => `Authorization header requires '${name}' parameter.`).join(' '), header)
  }
  return credentialOf(
    parameters.get('Credential') ?? '',
    parameters.get('SignedHeaders') ?? '',
    parameters.get('Signature') ?? '',
  )
}

/** @param credential `AKIA.../20260102/us-west-2/sts/aws4_request`. @throws AwsError */
export const credentialOf = (credential: string, signedHeaders: string, signature: string): Credential => {
  const [accessKeyId, date, region, service, term, ...more] = credential.split('/')
  if (
    accessKeyId === undefined ||
    date === undefined ||
    region === undefined ||
    service === undefined ||
    term === undefined ||
    more.length > 0
  ) {
    throw new AwsError(
      'IncompleteSignature',
      400,
      `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${credential}'`,
    )
  }
  if (term !== 'aws4_request') {
    throw new AwsError(
      'SignatureDoesNotMatch',
      403,
      `Credential should be scoped with a valid terminator: 'aws4_request', not '${term}'.`,
    )
  }
  return { accessKeyId, date, region, service, signedHeaders: signedHeaders.toLowerCase().split(';'), signature }
}

const splitOnce = (text: string, separator: string): [string, string] => {
  const at = text.indexOf(separator)
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
}

/** AWS repeats the header's hash, never the header. */
const incomplete = (message: string, header: string): AwsError => {
  const hash = createHash('sha256').update(header).digest('base64')
  return new AwsError(
    'IncompleteSignature',
    400,
    `${message} (Hashed with SHA-256 and encoded with Base64) Authorization=${hash}`,
  )
}
