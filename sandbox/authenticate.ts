import { callerOf } from './caller.ts'
import { AwsError } from './errors.ts'
import type { Caller, Secrets } from './operation.ts'
import type { Store } from './state/store.ts'
import { type Credential, parseAuthorization } from './wire/authorization-header.ts'
import type { HttpRequest } from './wire/exchange.ts'
import { parsePresigned } from './wire/presigned.ts'
import { isSignedWith } from './wire/signature.ts'

/** What the addressed service expects of a signature. */
export interface Expectations {
  service: string
  /** Minutes. */
  clockSkew: number
}

/** Who signed, and for which region. Errors carry the Query services' codes. */
export interface Authenticated {
  caller: Caller
  region: string
}

/**
 * Verifies a request signed in its header or in its query. The order of checks is STS's: credential scope, key and token, expiry, the principal behind it, the
 * signature's time, the signature.
 * @throws AwsError with the Query services' codes and statuses
 */
export const authenticate = (
  request: HttpRequest,
  expected: Expectations,
  state: Store,
  secrets: Secrets,
  now: number,
): Authenticated => {
  const { credential, token, timestamp, lifetime, signed } = signatureOf(request)
  checkScope(credential, expected.service)
  const caller = callerOf(state, credential.accessKeyId, token, secrets.sessionToken, now)
  const time = millisecondsOf(timestamp())
  if (time === null) throw badDate(timestamp())
  checkTime(credential, timestamp(), time, now, { after: expected.clockSkew, before: lifetime ?? expected.clockSkew })
  if (!credential.signedHeaders.includes('host')) {
    throw mismatch(`'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.`)
  }
  if (!isSignedWith(signed, credential, timestamp(), secrets.secretAccessKey(credential.accessKeyId))) {
    throw mismatch(
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
    )
  }
  return { caller, region: credential.region }
}

interface Signature {
  credential: Credential
  token: string | null
  /** ISO 8601's basic form. Asked for after the key was checked. @throws AwsError IncompleteSignature */
  timestamp(): string
  /** Minutes that a presigned request is good for; null: the service's own window. */
  lifetime: number | null
  signed: HttpRequest
}

/** In the Authorization header, else in the query. @throws AwsError */
const signatureOf = (request: HttpRequest): Signature => {
  const header = request.headers.authorization
  if (header !== undefined) {
    return {
      credential: parseAuthorization(header),
      token: request.headers['x-amz-security-token'] ?? null,
      timestamp: () => timestampOf(request, header),
      lifetime: null,
      signed: request,
    }
  }
  const presigned = parsePresigned(request)
  if (presigned === null) {
    throw new AwsError('MissingAuthenticationToken', 403, 'Request is missing Authentication Token')
  }
  const { credential, token, timestamp, expiresSeconds, signedQuery } = presigned
  const signed = { ...request, query: signedQuery }
  return { credential, token, timestamp: () => timestamp, lifetime: expiresSeconds / 60, signed }
}

const mismatch = (message: string): AwsError => new AwsError('SignatureDoesNotMatch', 403, message)

/** Any region that looks like one is served: clients with an endpoint override sign IAM with their own region. */
const checkScope = ({ region, service }: Credential, expectedService: string): void => {
  if (region === lastRegion && service === expectedService) return
  const faults = [
    ...(/^[a-z]{2,}(-[a-z]+)+-\d+$/.test(region) ? [] : ['Credential should be scoped to a valid region. ']),
    ...(service === expectedService ? [] : [`Credential should be scoped to correct service: '${expectedService}'. `]),
  ]
  if (faults.length > 0) throw mismatch(faults.join(''))
  lastRegion = region
}

/** One that was found to look like a region. */
let lastRegion: string | undefined

const timestampOf = (request: HttpRequest, authorization: string): string => {
  const stamp = request.headers['x-amz-date']
  if (stamp !== undefined) return stamp
  const date = Date.parse(request.headers.date ?? '')
  if (!Number.isNaN(date)) return basicForm(date)
  throw new AwsError(
    'IncompleteSignature',
    400,
    `Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. Authorization=${authorization.split(' ')[0]}`,
  )
}

const badDate = (stamp: string): AwsError =>
  new AwsError(
    'IncompleteSignature',
    400,
    `Date must be in ISO-8601 'basic format'. Got '${stamp}'. See http://en.wikipedia.org/wiki/ISO_8601`,
  )

/** @param minutes how far the time may lie before and after now */
const checkTime = (
  credential: Credential,
  timestamp: string,
  time: number,
  now: number,
  minutes: { before: number; after: number },
): void => {
  const earliest = now - minutes.before * 60_000
  const latest = now + minutes.after * 60_000
  if (time < earliest) {
    throw mismatch(
      `Signature expired: ${timestamp} is now earlier than ${basicForm(earliest)} (${basicForm(now)} - ${minutes.before} min.)`,
    )
  }
  if (time > latest) {
    throw mismatch(
      `Signature not yet current: ${timestamp} is still later than ${basicForm(latest)} (${basicForm(now)} + ${minutes.after} min.)`,
    )
  }
  if (!timestamp.startsWith(credential.date)) {
    throw mismatch(
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${credential.date}' != '${timestamp.slice(0, 8)}', from '${timestamp}'.`,
    )
  }
}

/** All requests of a second have the same stamp. */
let lastStamp: { stamp: string; time: number | null } | undefined

const millisecondsOf = (stamp: string): number | null => {
  if (lastStamp?.stamp !== stamp) lastStamp = { stamp, time: parsedStamp(stamp) }
  return lastStamp.time
}

const parsedStamp = (stamp: string): number | null => {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(stamp)
  if (parts === null) return null
  const [, year, month, day, hour, minute, second] = parts
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  return Number.isNaN(time) ? null : time
}

const basicForm = (time: number): string => `${new Date(time).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`
