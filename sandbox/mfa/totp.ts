import { createHmac, timingSafeEqual } from 'node:crypto'

/** Seconds that one code is shown for. */
const period = 30
const digits = 6

/** The number of the period that `now` (epoch milliseconds) lies in. */
export const periodOf = (now: number): number => Math.floor(now / 1000 / period)

/** The code of one period: RFC 6238 with HMAC-SHA-1, as every authenticator shows it. */
export const codeAt = (seed: Buffer, number: number): string => {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(number))
  const mac = createHmac('sha1', seed).update(counter).digest()
  const offset = (mac.at(-1) ?? 0) & 0x0f
  const value = (mac.readUInt32BE(offset) & 0x7fffffff) % 10 ** digits
  return String(value).padStart(digits, '0')
}

/**
 * The period whose code this is, of those from `drift` before now to `drift` after; null: none. Clocks of authenticators are not exact
 * (RFC 6238, 5.2 and 6).
 */
export const periodWithCode = (seed: Buffer, code: string, now: number, drift: number): number | null => {
  const current = periodOf(now)
  for (let number = current + drift; number >= current - drift; number -= 1)
    if (isCode(seed, number, code)) return number
  return null
}

const isCode = (seed: Buffer, number: number, code: string): boolean => {
  const given = Buffer.from(code)
  const expected = Buffer.from(codeAt(seed, number))
  return given.length === expected.length && timingSafeEqual(given, expected)
}

/** Two codes, the second of the period after the first's: the latter's number. null: they are not. */
export const periodAfterBoth = (seed: Buffer, first: string, second: string, now: number): number | null => {
  const [current, drift] = [periodOf(now), 2]
  for (let number = current + drift; number > current - drift; number -= 1) {
    if (isCode(seed, number, second) && isCode(seed, number - 1, first)) return number
  }
  return null
}
