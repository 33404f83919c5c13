import { appliedDocuments } from '../checked-document.ts'
import type { CheckedLab } from '../checked-lab.ts'
import { policyOf, repositoryArn, rolePolicy } from '../example-lab.ts'
import type { Rule } from '../rule.ts'

const allow = (sid: string, action = 'ecr:ListImages') =>
  `{ "Sid": "${sid}", "Effect": "Allow", "Action": "${action}", "Resource": "${repositoryArn}" }`

export const repeatedStatement: Rule<CheckedLab> = {
  id: 'repeated-statement',
  severity: 'warning',
  summary: 'A policy holds the same statement twice',
  why: 'The second one changes nothing. It was most likely copied to be changed.',
  wrong: rolePolicy(policyOf(allow('First'), allow('Second'))),
  right: rolePolicy(policyOf(allow('First'), allow('Second', 'ecr:DescribeImages'))),
  at: '{ "Sid": "Second"',
  check: ({ documents }) =>
    appliedDocuments(documents).flatMap(document => {
      const meanings = document.statements.map(({ value: { Sid: _, ...rest } }) => JSON.stringify(rest))
      return document.statements.flatMap(({ path }, index) => {
        const first = meanings.indexOf(meanings[index] ?? '')
        if (first === index) return []
        const message = `the statement says the same as statement ${first + 1}`
        return [{ place: document.at(path), message, hint: 'take one of them out', named: document.named }]
      })
    }),
}
