import { appliedStatements } from '../checked-document.ts'
import type { CheckedLab } from '../checked-lab.ts'
import { policyOf, repositoryArn, rolePolicy } from '../example-lab.ts'
import type { Rule } from '../rule.ts'
import { hasWildcard } from '../statement-actions.ts'
import { conditionsOf } from '../statement-conditions.ts'

const list = (operator: string) =>
  rolePolicy(
    policyOf(`{
  "Effect": "Allow",
  "Action": "ecr:ListImages",
  "Resource": "${repositoryArn}",
  "Condition": { "${operator}": { "aws:ResourceTag/team": "team-*" } }
}`),
  )

const likes: Readonly<Record<string, string>> = { StringEquals: 'StringLike', StringNotEquals: 'StringNotLike' }

export const wildcardInEquals: Rule<CheckedLab> = {
  id: 'wildcard-in-equals',
  severity: 'warning',
  summary: 'A value with a wildcard stands under an operator that takes it letter by letter',
  why: 'Under `StringEquals` a `*` is a star. Only `StringLike` reads it as anything.',
  wrong: list('StringEquals'),
  right: list('StringLike'),
  at: '"StringEquals"',
  fixable: true,
  check: ({ documents }) =>
    appliedStatements(documents).flatMap(statement => {
      const conditions = conditionsOf(statement)
      return Object.entries(likes).flatMap(([operator, like]) => {
        const all = conditions.filter(each => each.operator === operator)
        const wild = all.filter(({ values }) =>
          values.some(({ text }) => hasWildcard(text.replaceAll(/\$\{[*?]\}/g, ''))),
        )
        if (wild.length === 0) return []
        const { document, path } = statement
        const at = [...path, 'Condition', operator]
        const key = document.range(at, 'key')
        // Another one of its name is there already: the two would have to be joined.
        const alone = wild.length === all.length && !conditions.some(each => each.operator === like)
        const fix =
          key && alone ? [{ file: document.file, start: key[0], end: key[1], text: JSON.stringify(like) }] : []
        return [
          {
            place: document.at(at, 'key'),
            message: `\`${operator}\` takes the wildcard in \`${wild[0]?.values.map(({ text }) => text).join(', ')}\` letter by letter`,
            hint: `write \`${like}\``,
            named: document.named,
            fix,
          },
        ]
      })
    }),
}
