import { appliedStatements } from '../checked-document.ts'
import type { CheckedLab } from '../checked-lab.ts'
import { policyOf, repositoryPolicy } from '../example-lab.ts'
import type { Rule } from '../rule.ts'

const role = '"AWS": "{{steps.role.Role.Arn}}"'
const allow = `{ "Effect": "Allow", "Principal": { ${role} }, "Action": "ecr:ListImages" }`

export const notPrincipalDeny: Rule<CheckedLab> = {
  id: 'not-principal-deny',
  severity: 'warning',
  summary: 'A statement denies to everybody but those of `NotPrincipal`',
  why: 'It denies to every session of a role unless the session itself is listed beside the role, to everybody with a permissions boundary, and to the account’s administrators. AWS advises against it.',
  wrong: repositoryPolicy(
    policyOf(allow, `{ "Effect": "Deny", "NotPrincipal": { ${role} }, "Action": "ecr:PutImage" }`),
  ),
  right: repositoryPolicy(
    policyOf(
      allow,
      `{
  "Effect": "Deny",
  "Principal": "*",
  "Action": "ecr:PutImage",
  "Condition": { "ArnNotEquals": { "aws:PrincipalArn": "{{steps.role.Role.Arn}}" } }
}`,
    ),
  ),
  at: '"NotPrincipal"',
  check: ({ documents }) =>
    appliedStatements(documents)
      .filter(({ value }) => value.Effect === 'Deny' && 'NotPrincipal' in value)
      .map(({ document, path }) => ({
        place: document.at([...path, 'NotPrincipal'], 'key'),
        message: '`NotPrincipal` with a deny denies to more than it says',
        hint: 'write `"Principal": "*"` with a condition `ArnNotEquals` on `aws:PrincipalArn`',
        named: document.named,
      })),
}
