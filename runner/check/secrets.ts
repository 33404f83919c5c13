import { positionsIn } from '../definition/text-position.ts'
import type { LabFile } from './checked-lab.ts'
import type { Found } from './finding.ts'

/** Forms of secrets. Source: the prefixes that AWS and GitHub document, PEM (RFC 7468). */
const forms: readonly { what: string; pattern: RegExp }[] = [
  { what: 'an access key id', pattern: /\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/g },
  {
    what: 'a secret access key',
    pattern: /secret_?access_?key["']?\s*[:=]\s*["']?([A-Za-z0-9/+]{40})(?![A-Za-z0-9/+])/gi,
  },
  {
    what: 'a session token',
    pattern: /(?:session_?token|security_?token)["']?\s*[:=]\s*["']?([A-Za-z0-9/+=]{100,})/gi,
  },
  { what: 'a private key', pattern: /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/g },
  { what: 'a token of GitHub', pattern: /\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_\w{22,})/g },
]

/** Keys that AWS's documentation prints. */
const documented = /EXAMPLE/

/** Secrets in a file, none of them told: a finding is shown to everybody. */
export function secretsOf({ file, text, name }: LabFile): Found[] {
  const position = positionsIn(text)
  return forms.flatMap(({ what, pattern }) =>
    [...text.matchAll(pattern)]
      .filter(([found]) => !documented.test(found))
      .map(match => ({
        place: { file, ...position(match.index + match[0].length - (match[1] ?? match[0]).length) },
        message: `${what} stands in \`${name}\``,
        hint: 'take it out of the file and of its history, and make it invalid',
      })),
  )
}
