import { createPublicKey, type JsonWebKey, verify } from 'node:crypto'
import type { OidcProvider } from '../iam/entities.ts'
import { expired, noKeys, notImplemented, wrongAudience } from './refusals.ts'
import { type Token, texts } from './token.ts'
import { unsure } from './unsure.ts'

/** Claims by which AWS sets tags and the source identity of a session; the sandbox does not. */
const sessionClaims = ['https://aws.amazon.com/tags', 'https://aws.amazon.com/source_identity']

/**
 * Checks signature, times and audience of a token of this provider.
 * @param now epoch milliseconds
 * @throws AwsError in STS's words
 */
export const verifyToken = (token: Token, provider: OidcProvider, keys: readonly JsonWebKey[], now: number): void => {
  if (token.algorithm !== 'RS256') throw notImplemented(`a token signed with ${token.algorithm} (RS256 is)`)
  if (!isSigned(token, keys)) throw unsure.signatureNotValid()
  const { exp, nbf, aud, azp } = token.claims
  const seconds = Math.floor(now / 1000)
  if (typeof exp !== 'number' || exp <= seconds) throw expired(seconds, Number(exp) || 0)
  if (typeof nbf === 'number' && nbf > seconds) throw unsure.notYetValid(seconds, nbf)
  if (!texts(azp ?? aud).some(audience => provider.ClientIDList.includes(audience))) throw wrongAudience()
  const claim = sessionClaims.find(name => name in token.claims)
  if (claim !== undefined) throw notImplemented(`the claim ${claim} of an identity token`)
}

/** By the key that the token names; by each where it names none. */
const isSigned = ({ keyId, signedPart, signature }: Token, keys: readonly JsonWebKey[]): boolean => {
  const candidates = keys.filter(key => key.kty === 'RSA' && (keyId === null || key.kid === keyId))
  if (candidates.length === 0) throw noKeys()
  return candidates.some(key => {
    try {
      return verify('RSA-SHA256', Buffer.from(signedPart), createPublicKey({ key, format: 'jwk' }), signature)
    } catch {
      return false
    }
  })
}
