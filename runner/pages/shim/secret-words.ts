/** Long words without a form of their own. */
const word = /[A-Za-z0-9+/=_.-]{20,}/g
/** What is no secret, however long: key ids, ARNs' parts, dates, digests, unique ids. */
const harmless = /^(A[A-Z0-9]{3}[A-Z0-9]{12,}|\d{4}-\d\d-\d\dT[\d:.+Z-]+|sha256:?[0-9a-f]*|arn:.*)$/

/** The secrets in what a call prints that gives credentials: every word that is long enough, whatever the form of the output. */
export const secretsPrinted = (text: string): string[] =>
  text.split(/["'\s,]+/).flatMap(each => {
    if (each.startsWith('arn:') || each.includes('assumed-role/')) return []
    return (each.match(word) ?? []).filter(found => !harmless.test(found)).flatMap(found => [...inside(found), found])
  })

/** ECR's authorization token is the password in base64, `AWS:PASSWORD`: pages decode it. The longest comes first, as a redaction wants it. */
function inside(secret: string): string[] {
  const text = Buffer.from(secret, 'base64').toString()
  const [, password] = /^AWS:([\x21-\x7e]+)$/.exec(text) ?? []
  return password === undefined ? [] : [text, password]
}

const assigned =
  /(?:secret_?access_?key|session_?token|security_?token|password|authorization_?token)["']?\s*[:=]\s*["']?([^\s"',]{12,})/gi

/** Secrets that a text gives a name to: `aws_secret_access_key = ...`, `"SessionToken": "..."`. */
export const secretsNamed = (text: string): string[] => [...text.matchAll(assigned)].flatMap(([, value]) => value ?? [])
