import { appliedStatements } from '../checked-document.ts'
import type { CheckedLab } from '../checked-lab.ts'
import { policyOf, repositoryArn, rolePolicy } from '../example-lab.ts'
import { sameKey } from '../iam/action-table.ts'
import type { Rule } from '../rule.ts'
import { knownActions, serviceOf } from '../statement-actions.ts'
import { conditionsOf } from '../statement-conditions.ts'

const list = (key: string) =>
  rolePolicy(
    policyOf(`{
  "Effect": "Allow",
  "Action": "ecr:ListImages",
  "Resource": "${repositoryArn}",
  "Condition": { "StringEquals": { "${key}": "team-a" } }
}`),
  )

/** Keys that some requests have and others have not: with the call, or with the resource. */
const ofRequestOrResource = /^aws:(RequestTag\/|TagKeys$|ResourceTag\/)/i

export const unsupportedConditionKey: Rule<CheckedLab> = {
  id: 'unsupported-condition-key',
  severity: 'warning',
  summary: 'A condition asks for a key that the actions of its statement do not bring',
  why: 'The request never has the key, so that the condition never holds: the statement matches nothing. Which action brings which key is taken from AWS’s service authorization reference.',
  wrong: list('aws:RequestTag/team'),
  right: list('aws:ResourceTag/team'),
  at: '"aws:RequestTag/team"',
  check: ({ documents, iam }) =>
    appliedStatements(documents).flatMap(statement => {
      const actions = knownActions(statement, iam)
      if (actions === null || actions.length === 0) return []
      const services = statement.texts('Action').flatMap(({ text }) => serviceOf(text) ?? [])
      return conditionsOf(statement).flatMap(({ key, operator, path }) => {
        const found = iam.conditionKey(key, services)
        if (!found || (found.global && !ofRequestOrResource.test(key)) || /Not|Null|IfExists|ForAll/.test(operator))
          return []
        if (actions.some(({ keys }) => keys.some(own => sameKey(key, own)))) return []
        const names = [...new Set(actions.map(({ name }) => name))]
        const { document } = statement
        return [
          {
            place: document.at(path, 'key'),
            message: `a request of ${names.slice(0, 3).join(', ')} never has the key \`${key}\``,
            hint: /RequestTag/i.test(key) ? 'the tags of the resource are `aws:ResourceTag/...`' : null,
            named: document.named,
          },
        ]
      })
    }),
}
