import { compileGlob, toPieces } from '../../../policy/index.ts'
import { appliedDocuments, type CheckedStatement } from '../checked-document.ts'
import type { CheckedLab } from '../checked-lab.ts'
import { policyOf, repositoryArn, rolePolicy } from '../example-lab.ts'
import type { Rule } from '../rule.ts'
import { actionMatches } from '../statement-actions.ts'

const allow = (action: string) => `{ "Effect": "Allow", "Action": "${action}", "Resource": "${repositoryArn}" }`
const deny = `{ "Effect": "Deny", "Action": "ecr:Delete*", "Resource": "*" }`

/** true: every text of the one is matched by a text of the other, wildcards of the one taken as letters. */
const within = (
  inner: readonly string[],
  outer: readonly string[],
  matches: (pattern: string, text: string) => boolean,
) => inner.length > 0 && inner.every(text => outer.some(pattern => matches(pattern, text)))

const texts = (statement: CheckedStatement, element: string): string[] =>
  statement.texts(element).map(({ text }) => text)

const sameResource = (pattern: string, text: string): boolean =>
  pattern === '*' || compileGlob(toPieces(pattern)).matches(text)

/** true: whatever the allow allows, the deny denies, to whomever. */
function covers(deny: CheckedStatement, allow: CheckedStatement): boolean {
  if (deny.allows || 'Condition' in deny.value || 'NotAction' in deny.value || 'NotResource' in deny.value) return false
  if ('NotPrincipal' in deny.value || 'NotAction' in allow.value || 'NotResource' in allow.value) return false
  const everybody = ['"*"', '{"AWS":"*"}', undefined, JSON.stringify(allow.value.Principal)]
  const [own, other] = [texts(allow, 'Resource'), texts(deny, 'Resource')]
  return (
    everybody.includes(JSON.stringify(deny.value.Principal)) &&
    within(texts(allow, 'Action'), texts(deny, 'Action'), actionMatches) &&
    (own.length === 0 || within(own, other, sameResource))
  )
}

export const allowUnderDeny: Rule<CheckedLab> = {
  id: 'allow-under-deny',
  severity: 'warning',
  summary: 'A statement allows what another one of its policy denies altogether',
  why: 'A deny wins over every allow, so that the statement changes nothing.',
  wrong: rolePolicy(policyOf(allow('ecr:ListImages'), allow('ecr:DeleteRepository'), deny)),
  right: rolePolicy(policyOf(allow('ecr:ListImages'), deny)),
  at: '{ "Effect": "Allow", "Action": "ecr:DeleteRepository"',
  check: ({ documents }) =>
    appliedDocuments(documents).flatMap(document =>
      document.statements.flatMap(statement => {
        const wins = statement.allows ? document.statements.findIndex(other => covers(other, statement)) : -1
        if (wins < 0) return []
        return [
          {
            place: document.at(statement.path),
            message: `all that this statement allows is denied by statement ${wins + 1} of the policy`,
            hint: 'take one of them out, or narrow the deny',
            named: document.named,
          },
        ]
      }),
    ),
}
