import type { JsonWebKey } from 'node:crypto'
import { noKeys, notImplemented } from './refusals.ts'

const longest = 5000
const mostBytes = 100_000

/**
 * The public keys that an identity provider on this machine publishes, as AWS finds them: by its discovery document. Another machine's
 * is never asked: a sandbox calls nobody.
 * @throws AwsError NotImplemented for another machine, InvalidIdentityToken where no keys are to be had
 */
export const issuerKeys = async (issuer: string): Promise<JsonWebKey[]> => {
  onThisMachine(issuer)
  const { issuer: named, jwks_uri: address } = await documentAt(
    `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
  )
  if (named !== issuer || typeof address !== 'string') throw noKeys()
  onThisMachine(address)
  const { keys } = await documentAt(address)
  if (!Array.isArray(keys)) throw noKeys()
  return keys.filter(key => typeof key === 'object' && key !== null)
}

const onThisMachine = (url: string): void => {
  if (isLoopback(url)) return
  throw notImplemented(`an OpenID Connect provider that is not on this machine (${url})`)
}

export const isLoopback = (url: string): boolean => {
  const { protocol, hostname } = URL.canParse(url) ? new URL(url) : { protocol: '', hostname: '' }
  return /^https?:$/.test(protocol) && ['127.0.0.1', '[::1]', 'localhost'].includes(hostname)
}

/** A JSON object; without members where there is none to be had. */
const documentAt = async (url: string): Promise<Record<string, unknown>> => {
  try {
    const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(longest) })
    const text = response.ok ? await response.text() : ''
    return text.length > mostBytes ? {} : Object(JSON.parse(text))
  } catch {
    return {}
  }
}
