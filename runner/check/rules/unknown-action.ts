import { didYouMean } from '../../definition/nearest-name.ts'
import { appliedStatements } from '../checked-document.ts'
import type { CheckedLab } from '../checked-lab.ts'
import { policyOf, repositoryArn, rolePolicy } from '../example-lab.ts'
import type { Rule } from '../rule.ts'
import { actionsFor, serviceOf } from '../statement-actions.ts'

const list = (action: string) =>
  rolePolicy(policyOf(`{ "Effect": "Allow", "Action": "${action}", "Resource": "${repositoryArn}" }`))

export const unknownAction: Rule<CheckedLab> = {
  id: 'unknown-action',
  severity: 'warning',
  summary: 'A policy names an action that there is not',
  why: 'IAM stores it without a word, and it never matches anything. Which actions there are is taken from AWS’s service authorization reference.',
  wrong: list('ecr:ListImage'),
  right: list('ecr:ListImages'),
  at: '"ecr:ListImage"',
  check: ({ documents, iam }) =>
    appliedStatements(documents).flatMap(({ document, texts }) =>
      [...texts('Action'), ...texts('NotAction')].flatMap(({ text, path }) => {
        const found = actionsFor(text, iam)
        if (found === null || found.length > 0) return []
        const known = [...(iam.actionsOf(serviceOf(text) ?? '')?.values() ?? [])].map(({ name }) => name)
        return [
          {
            place: document.at(path),
            message: `no action is named \`${text}\``,
            hint: didYouMean(text, known, 'there are'),
            named: document.named,
          },
        ]
      }),
    ),
}
