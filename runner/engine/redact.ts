/** Members of AWS answers that are secrets, whatever operation they come from. */
const secretMembers =
  /^(SecretAccessKey|SessionToken|authorizationToken|Password|PrivateKey|Base32StringSeed|QRCodePNG|ServiceSpecificCredentialSecret|ServicePassword)$/i

/** In place of a secret. */
export const redacted = '[secret]'

/**
 * A value without secrets, fit for a report: secret members and every text in which one of `known` occurs. Bytes become their length, dates
 * ISO 8601.
 */
export function redact(value: unknown, known: ReadonlySet<string>): unknown {
  if (typeof value === 'string') return redactText(value, known)
  if (value instanceof Date) return value.toISOString()
  if (value instanceof Uint8Array) return `[${value.length} bytes]`
  if (Array.isArray(value)) return value.map(each => redact(each, known))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [
      redactText(key, known),
      secretMembers.test(key) && each ? redacted : redact(each, known),
    ]),
  )
}

/** The texts under secret members, wherever they stand in a value: the same answer may hold them a second time, as a program's output does. */
export function secretsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array || value instanceof Date) return []
  return Object.entries(value).flatMap(([key, each]) =>
    typeof each === 'string' ? (secretMembers.test(key) ? [each] : []) : secretsIn(each),
  )
}

/** A text with every known secret in it replaced. */
export function redactText(text: string, known: ReadonlySet<string>): string {
  let result = text
  for (const secret of known) if (secret.length >= 8) result = result.split(secret).join(redacted)
  return result
}
