import { codeAt, periodOf } from '../../../sandbox/mfa/totp.ts'

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

const bytesOf = (text: string): Buffer => {
  const bits = Array.from(text, letter => letters.indexOf(letter).toString(2).padStart(5, '0')).join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map(byte => Number.parseInt(byte, 2)))
}

/**
 * What a phone does with the seed that CreateVirtualMFADevice answers.
 * @param seed Base32StringSeed as a client gives it
 */
export const authenticator = (seed: Uint8Array) => {
  const bytes = bytesOf(Buffer.from(seed).toString())
  return {
    /** The code shown `after` periods of 30 seconds from `now`. */
    code: (after = 0, now = Date.now()): string => codeAt(bytes, periodOf(now) + after),
  }
}
