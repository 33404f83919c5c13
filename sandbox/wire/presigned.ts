import { AwsError } from '../errors.ts'
import type { Credential } from './authorization-header.ts'
import { credentialOf } from './authorization-header.ts'
import type { HttpRequest } from './exchange.ts'
import { parseParameters } from './query-parameters.ts'

/** A signature that stands in the query, as in a presigned URL. */
export interface Presigned {
  credential: Credential
  timestamp: string
  token: string | null
  /** How long it is good for, from `timestamp`. */
  expiresSeconds: number
  /** What was signed: the query without the signature itself. */
  signedQuery: string
}

const required = ['X-Amz-Credential', 'X-Amz-Date', 'X-Amz-Expires', 'X-Amz-Signature', 'X-Amz-SignedHeaders']
const longest = 7 * 24 * 3600

/**
 * null: the query holds no signature.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-authentication-methods.html
 * @throws AwsError IncompleteSignature (texts unsure: they follow the header's)
 */
export const parsePresigned = (request: HttpRequest): Presigned | null => {
  if (!request.query.includes('X-Amz-Algorithm=')) return null
  const parameters = parseParameters(request.query)
  if (parameters.get('X-Amz-Algorithm') !== 'AWS4-HMAC-SHA256') {
    throw incomplete(`Unsupported AWS 'algorithm': '${parameters.get('X-Amz-Algorithm')}'.`)
  }
  const missing = required.filter(name => !parameters.get(name))
  if (missing.length > 0)
    throw incomplete(missing.map(name => `AWS query-string parameters must include '${name}'.`).join(' '))
  const expiresSeconds = Number(parameters.get('X-Amz-Expires'))
  if (!(expiresSeconds >= 1 && expiresSeconds <= longest)) {
    throw incomplete(`X-Amz-Expires must be between 1 and ${longest} seconds, got '${parameters.get('X-Amz-Expires')}'`)
  }
  const signature = parameters.get('X-Amz-Signature') ?? ''
  return {
    credential: credentialOf(
      parameters.get('X-Amz-Credential') ?? '',
      parameters.get('X-Amz-SignedHeaders') ?? '',
      signature,
    ),
    timestamp: parameters.get('X-Amz-Date') ?? '',
    token: parameters.get('X-Amz-Security-Token') ?? null,
    expiresSeconds,
    signedQuery: request.query
      .split('&')
      .filter(pair => !pair.startsWith('X-Amz-Signature='))
      .join('&'),
  }
}

const incomplete = (message: string): AwsError => new AwsError('IncompleteSignature', 400, message)
