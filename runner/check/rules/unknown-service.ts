import { didYouMean } from '../../definition/nearest-name.ts'
import { appliedStatements } from '../checked-document.ts'
import type { CheckedLab } from '../checked-lab.ts'
import { policyOf, repositoryArn, rolePolicy } from '../example-lab.ts'
import type { Rule } from '../rule.ts'
import { serviceOf } from '../statement-actions.ts'

const list = (action: string) =>
  rolePolicy(policyOf(`{ "Effect": "Allow", "Action": "${action}", "Resource": "${repositoryArn}" }`))

export const unknownService: Rule<CheckedLab> = {
  id: 'unknown-service',
  severity: 'warning',
  summary: 'A policy names an action of a service that there is not',
  why: 'IAM takes any word before the colon. The statement then says nothing of what was meant.',
  wrong: list('erc:ListImages'),
  right: list('ecr:ListImages'),
  at: '"erc:',
  check: ({ documents, iam }) =>
    appliedStatements(documents).flatMap(({ document, texts }) =>
      [...texts('Action'), ...texts('NotAction')].flatMap(({ text, path }) => {
        const service = serviceOf(text)
        if (service === null || iam.services.includes(service)) return []
        return [
          {
            place: document.at(path),
            message: `there is no service \`${service}\``,
            hint: didYouMean(service, iam.services),
            named: document.named,
          },
        ]
      }),
    ),
}
