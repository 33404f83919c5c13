import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Secrets } from '../operation.ts'

/** The letters of AWS's unique ids. */
const idLetters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** All secrets follow from the master key and the key id: none is stored, and a copied state file gives none away. */
export const secretsFrom = (master: Buffer): Secrets => {
  const derive = (purpose: string, of: string): Buffer =>
    createHmac('sha512', master).update(`${purpose}\u0000${of}`).digest()
  const registryMac = (payload: string): Buffer => derive('registry-password', payload).subarray(0, 32)

  return {
    // 30 bytes are 40 characters of base64 without padding, the length and letters of AWS's own.
    secretAccessKey: remembered(id => derive('secret-access-key', id).subarray(0, 30).toString('base64')),
    sessionToken: remembered(id => {
      const bytes = ['a', 'b', 'c', 'd'].map(part => derive(`session-token-${part}`, id))
      return `IQoJb3JpZ2luX2Vj${Buffer.concat(bytes).toString('base64')}`
    }),
    mfaSeed: seedId => derive('mfa-seed', seedId).subarray(0, 40),
    registryPassword: (accessKeyId, expiresAt) => {
      const payload = `${accessKeyId}.${expiresAt}`
      return Buffer.from(`${payload}.${registryMac(payload).toString('base64url')}`).toString('base64')
    },
    readRegistryPassword: password => {
      const [accessKeyId, expiresAt, mac, ...rest] = Buffer.from(password, 'base64').toString().split('.')
      if (accessKeyId === undefined || expiresAt === undefined || mac === undefined || rest.length > 0) return null
      const expected = registryMac(`${accessKeyId}.${expiresAt}`)
      const given = Buffer.from(mac, 'base64url')
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null
      return { accessKeyId, expiresAt: Number(expiresAt) }
    },
    newId: prefix => {
      const length = prefix === 'AKIA' || prefix === 'ASIA' ? 16 : 17
      return prefix + Array.from(randomBytes(length), byte => idLetters[byte % idLetters.length]).join('')
    },
  }
}

const mostRemembered = 1000

/** The same few keys sign request after request. */
const remembered = (derive: (id: string) => string): ((id: string) => string) => {
  const known = new Map<string, string>()
  return id => {
    const secret = known.get(id) ?? derive(id)
    if (known.size >= mostRemembered) known.clear()
    known.set(id, secret)
    return secret
  }
}
