import { appliedStatements } from '../checked-document.ts'
import type { CheckedLab } from '../checked-lab.ts'
import { policyOf, repositoryArn, rolePolicy } from '../example-lab.ts'
import type { Rule } from '../rule.ts'
import { conditionsOf, type StatementCondition } from '../statement-conditions.ts'

const list = (condition: string) =>
  rolePolicy(
    policyOf(`{
  "Effect": "Allow",
  "Action": "ecr:ListImages",
  "Resource": "${repositoryArn}",
  "Condition": ${condition}
}`),
  )

const team = '"StringEquals": { "aws:ResourceTag/team": "team-a" }'
const texts = ({ values }: StatementCondition): string[] => values.map(({ text }) => text)

/** true: no request meets both. */
function exclude(a: StatementCondition, b: StatementCondition): boolean {
  if (a.key.toLowerCase() !== b.key.toLowerCase()) return false
  const pair = [a, b].sort((one, other) => (one.operator < other.operator ? -1 : 1))
  const [first, second] = pair.map(({ operator }) => operator)
  const [left, right] = pair.map(texts)
  if (first === 'StringEquals' && second === 'StringNotEquals')
    return left?.every(text => right?.includes(text)) ?? false
  return first === 'Null' && second === 'StringEquals' && left?.join() === 'true'
}

export const contradictingConditions: Rule<CheckedLab> = {
  id: 'contradicting-conditions',
  severity: 'warning',
  summary: 'Two conditions of a statement cannot both hold',
  why: 'All conditions of a statement must hold. Where one rules the other out, the statement matches no request.',
  wrong: list(`{ ${team}, "StringNotEquals": { "aws:ResourceTag/team": ["team-a", "team-b"] } }`),
  right: list(`{ ${team}, "StringNotEquals": { "aws:ResourceTag/stage": "production" } }`),
  at: '"aws:ResourceTag/team": [',
  check: ({ documents }) =>
    appliedStatements(documents).flatMap(statement => {
      const conditions = conditionsOf(statement)
      return conditions.flatMap((each, index) => {
        const other = conditions.slice(0, index).find(before => exclude(before, each))
        if (!other) return []
        const { document } = statement
        return [
          {
            place: document.at(each.path, 'key'),
            message: `\`${each.operator}\` and \`${other.operator}\` of \`${each.key}\` cannot both hold`,
            hint: 'take one of them out, or make two statements of them',
            named: document.named,
          },
        ]
      })
    }),
}
