import { granting } from '../breadth.ts'
import { appliedDocuments } from '../checked-document.ts'
import type { CheckedLab } from '../checked-lab.ts'
import { policyOf, repositoryArn, rolePolicy } from '../example-lab.ts'
import type { Rule } from '../rule.ts'
import { knownActions } from '../statement-actions.ts'

const list = (resource: string) =>
  rolePolicy(policyOf(`{ "Effect": "Allow", "Action": "ecr:ListImages", "Resource": "${resource}" }`))

/** Everything, or everything of a kind. */
const everything = /^(\*+|arn:[^:]+:[^:]+:[^:]*:[^:]*:(\*+|[\w-]+[/:]\*+))$/

export const wideResource: Rule<CheckedLab> = {
  id: 'wide-resource',
  severity: 'warning',
  summary: 'A wildcard allows an action on more resources than the lab has',
  why: 'On a real account `*` is everything that is there, what the lab did not make included. An action that can be limited to a resource should be.',
  wrong: list('*'),
  right: list(repositoryArn),
  at: '"*"',
  check: lab =>
    granting(lab, appliedDocuments(lab.documents)).flatMap(document =>
      document.statements.flatMap(statement => {
        const actions = knownActions(statement, lab.iam)
        if (!statement.allows || 'Condition' in statement.value) return []
        const limited = (actions ?? []).filter(({ arns }) => arns.length > 0)
        if (limited.length === 0) return []
        return statement
          .texts('Resource')
          .filter(({ text }) => everything.test(text))
          .map(({ text, path }) => ({
            place: document.at(path),
            message: `\`${limited[0]?.name}\` is allowed on \`${text}\`, and could be limited to a resource`,
            hint: 'name the ARN of what the lab makes, or add a condition',
            named: document.named,
          }))
      }),
    ),
}
