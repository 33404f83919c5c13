import { appliedStatements } from '../checked-document.ts'
import type { CheckedLab } from '../checked-lab.ts'
import { policyOf, repositoryArn, rolePolicy } from '../example-lab.ts'
import type { Rule } from '../rule.ts'
import { actionMatches } from '../statement-actions.ts'

const list = (actions: string) =>
  rolePolicy(policyOf(`{ "Effect": "Allow", "Action": [${actions}], "Resource": "${repositoryArn}" }`))

export const repeatedAction: Rule<CheckedLab> = {
  id: 'repeated-action',
  severity: 'note',
  summary: 'A statement names an action twice, or one that a wildcard beside it stands for already',
  why: 'It changes nothing, and makes the policy look narrower, or wider, than it is.',
  wrong: list('"ecr:ListImages", "ecr:listimages"'),
  right: list('"ecr:ListImages", "ecr:DescribeImages"'),
  at: '"ecr:listimages"',
  check: ({ documents }) =>
    appliedStatements(documents).flatMap(({ document, texts }) => {
      const actions = texts('Action')
      return actions.flatMap(({ text, path }, index) => {
        const other = actions.find((each, at) => {
          const [one, two] = [each.text.toLowerCase(), text.toLowerCase()]
          return at !== index && (one === two ? at < index : actionMatches(one, two))
        })
        if (!other) return []
        const message = `\`${other.text}\` stands for \`${text}\` already`
        return [{ place: document.at(path), message, hint: 'take it out', named: document.named }]
      })
    }),
}
