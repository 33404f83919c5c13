import { appliedStatements } from '../checked-document.ts'
import type { CheckedLab } from '../checked-lab.ts'
import { policyOf, repositoryArn, rolePolicy } from '../example-lab.ts'
import type { Rule } from '../rule.ts'
import { arnPattern, knownActions, mayMeet } from '../statement-actions.ts'

const list = (resource: string) =>
  rolePolicy(policyOf(`{ "Effect": "Allow", "Action": "ecr:ListImages", "Resource": "${resource}" }`))

export const resourceOfOtherKind: Rule<CheckedLab> = {
  id: 'resource-of-other-kind',
  severity: 'warning',
  summary: 'A statement names a resource that none of its actions is ever about',
  why: 'Statement and request never meet: an Allow allows nothing, a Deny denies nothing. A colon too many, a missing `repository/`, an ARN of another service are the usual causes.',
  wrong: list('arn:aws:ecr:{{region}}:{{account}}:{{names.repo}}'),
  right: list(repositoryArn),
  at: '"arn:aws:ecr:{{region}}:{{account}}:{{names',
  check: ({ documents, iam }) =>
    appliedStatements(documents).flatMap(statement => {
      const actions = knownActions(statement, iam)
      const arns = (actions ?? []).flatMap(each => each.arns).map(arnPattern)
      if (actions === null || arns.length === 0) return []
      const { document } = statement
      return statement
        .texts('Resource')
        .filter(({ text }) => text.startsWith('arn:') && !text.includes('${') && !arns.some(arn => mayMeet(text, arn)))
        .map(({ text, path }) => ({
          place: document.at(path),
          message: `no action of the statement is ever about \`${text}\``,
          hint: `expected the form \`${[...new Set(arns)].slice(0, 2).join('` or `')}\``,
          named: document.named,
        }))
    }),
}
