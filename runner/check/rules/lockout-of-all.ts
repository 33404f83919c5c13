import { appliedDocuments } from '../checked-document.ts'
import type { CheckedLab } from '../checked-lab.ts'
import { filesOf, policyOf, repositoryPolicy } from '../example-lab.ts'
import { awsPrincipals, flatDenies, meansAll } from '../principals.ts'
import type { Rule } from '../rule.ts'
import { denies, isForced } from './self-lockout.ts'

const allow = '{ "Effect": "Allow", "Principal": { "AWS": "{{steps.role.Role.Arn}}" }, "Action": "ecr:ListImages" }'

function forced(principal: string) {
  const files = filesOf(
    repositoryPolicy(
      policyOf(allow, `{ "Effect": "Deny", "Principal": ${principal}, "Action": "ecr:DeleteRepository" }`),
    ),
  )
  const file = '{ file: policies/repository.json }\n'
  return { ...files, 'lab.yaml': (files['lab.yaml'] ?? '').replace(file, `${file}      force: true\n`) }
}

export const lockoutOfAll: Rule<CheckedLab> = {
  id: 'lockout-of-all',
  severity: 'error',
  summary: 'A repository policy locks out everybody, so that no teardown can remove the repository',
  why: 'Only the account’s root user gets such a repository back. Whoever runs the lab is left with it.',
  wrong: forced('"*"'),
  right: forced('{ "AWS": "{{steps.role.Role.Arn}}" }'),
  at: '{ "Effect": "Deny"',
  check: ({ documents }) =>
    appliedDocuments(documents)
      .filter(({ use, holder }) => use === 'repository' && isForced(holder.ahead))
      .flatMap(document => {
        const account = document.holder.ahead?.place.account ?? ''
        const found = flatDenies(document).find(
          each =>
            denies(each, 'ecr:DeleteRepository') && awsPrincipals(each).some(({ text }) => meansAll(text, account)),
        )
        if (!found) return []
        return [
          {
            place: document.at(found.path),
            message: 'the statement denies everybody of the account to delete the repository',
            hint: 'deny it to the identities of the lab alone',
            named: document.named,
          },
        ]
      }),
}
