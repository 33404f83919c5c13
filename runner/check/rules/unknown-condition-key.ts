import { nearestName } from '../../definition/nearest-name.ts'
import { appliedStatements } from '../checked-document.ts'
import type { CheckedLab } from '../checked-lab.ts'
import { policyOf, repositoryArn, rolePolicy } from '../example-lab.ts'
import type { Rule } from '../rule.ts'
import { serviceOf } from '../statement-actions.ts'
import { conditionsOf } from '../statement-conditions.ts'

const list = (key: string) =>
  rolePolicy(
    policyOf(`{
  "Effect": "Allow",
  "Action": "ecr:ListImages",
  "Resource": "${repositoryArn}",
  "Condition": { "StringEquals": { "${key}": "a" } }
}`),
  )

export const unknownConditionKey: Rule<CheckedLab> = {
  id: 'unknown-condition-key',
  severity: 'warning',
  summary: 'A condition asks for a key that there is not',
  why: 'A key that no request has makes the condition fail, so that the statement never matches; under a negated operator it always holds. IAM stores it without a word.',
  wrong: list('aws:ResourceTags/team'),
  right: list('aws:ResourceTag/team'),
  at: '"aws:ResourceTags/team"',
  check: ({ documents, iam }) =>
    appliedStatements(documents).flatMap(statement => {
      const services = statement.texts('Action').map(({ text }) => serviceOf(text))
      if (services.includes(null) || services.some(service => iam.actionsOf(service ?? '') === null)) return []
      const known = services.flatMap(service => service ?? [])
      return conditionsOf(statement).flatMap(({ key, path }) => {
        if (iam.conditionKey(key, known)) return []
        const nearest = nearestName(
          key.split('/')[0] ?? key,
          iam.keyNames(known).map(name => name.split('/')[0] ?? name),
        )
        const hint = nearest && `did you mean \`${nearest}\`?`
        const { document } = statement
        const message = `no request has the condition key \`${key}\``
        return [{ place: document.at(path, 'key'), message, hint, named: document.named }]
      })
    }),
}
