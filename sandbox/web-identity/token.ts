/** An identity token (JWT) taken apart; nothing of it is proven yet. */
export interface Token {
  algorithm: string
  keyId: string | null
  claims: Readonly<Record<string, unknown>>
  issuer: string
  signedPart: string
  signature: Buffer
}

/** null: it is none. */
export const readToken = (text: string): Token | null => {
  const [header, payload, signature, ...rest] = text.split('.')
  if (header === undefined || payload === undefined || signature === undefined || rest.length > 0) return null
  const { alg, kid } = objectIn(header) ?? {}
  const claims = objectIn(payload)
  if (typeof alg !== 'string' || typeof claims?.iss !== 'string' || typeof claims.sub !== 'string') return null
  return {
    algorithm: alg,
    keyId: typeof kid === 'string' ? kid : null,
    claims,
    issuer: claims.iss,
    signedPart: `${header}.${payload}`,
    signature: Buffer.from(signature, 'base64url'),
  }
}

const objectIn = (part: string): Record<string, unknown> | null => {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString())
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null
  } catch {
    return null
  }
}

/** The values of a claim that may be one text or a list of texts. */
export const texts = (claim: unknown): string[] =>
  [claim].flat().filter((value): value is string => typeof value === 'string')
