import { appliedStatements } from '../checked-document.ts'
import type { CheckedLab } from '../checked-lab.ts'
import { policyOf, repositoryArn, rolePolicy } from '../example-lab.ts'
import type { Rule } from '../rule.ts'
import { serviceOf } from '../statement-actions.ts'
import { baseOperator, conditionsOf } from '../statement-conditions.ts'

const list = (operator: string) =>
  rolePolicy(
    policyOf(`{
  "Effect": "Allow",
  "Action": "ecr:ListImages",
  "Resource": "${repositoryArn}",
  "Condition": { "${operator}": { "aws:SourceIp": "10.0.0.0/8" } }
}`),
  )

/** Operators by the types of keys that they are for; text fits ARNs as well. */
const families: readonly { operators: RegExp; types: RegExp; word: string }[] = [
  { operators: /^(Not)?IpAddress$/, types: /IP/i, word: 'addresses' },
  { operators: /^Numeric/, types: /Num|Long|Int/i, word: 'numbers' },
  { operators: /^Date/, types: /Date|Epoch|Num/i, word: 'dates' },
  { operators: /^Bool$/, types: /Bool|String/i, word: 'true and false' },
  { operators: /^String/, types: /String|ARN|Bool|Num|Date|Binary/i, word: 'texts' },
  { operators: /^Arn/, types: /ARN|String/i, word: 'ARNs' },
]

export const wrongOperator: Rule<CheckedLab> = {
  id: 'wrong-operator',
  severity: 'warning',
  summary: 'A condition compares a key with an operator for values of another kind',
  why: 'An address range under `StringEquals` is compared letter by letter, and is equal to no address. The condition never holds, and IAM says nothing.',
  wrong: list('StringEquals'),
  right: list('IpAddress'),
  at: '"aws:SourceIp"',
  check: ({ documents, iam }) =>
    appliedStatements(documents).flatMap(statement => {
      const services = statement.texts('Action').flatMap(({ text }) => serviceOf(text) ?? [])
      return conditionsOf(statement).flatMap(({ key, operator, path }) => {
        const found = iam.conditionKey(key, services)
        const family = families.find(({ operators }) => operators.test(baseOperator(operator)))
        if (!found || !family || family.types.test(found.type)) return []
        const { document } = statement
        return [
          {
            place: document.at(path, 'key'),
            message: `\`${operator}\` compares ${family.word}, and \`${key}\` is of the type ${found.type}`,
            hint: /IP/i.test(found.type) ? 'write `IpAddress`' : null,
            named: document.named,
          },
        ]
      })
    }),
}
