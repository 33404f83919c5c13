import { appliedDocuments, type CheckedStatement } from '../checked-document.ts'
import type { CheckedLab } from '../checked-lab.ts'
import { policyOf, repositoryPolicy } from '../example-lab.ts'
import { awsPrincipals, flatDenies, meansCaller } from '../principals.ts'
import type { Rule } from '../rule.ts'
import { actionMatches } from '../statement-actions.ts'

const allow = '{ "Effect": "Allow", "Principal": { "AWS": "{{steps.role.Role.Arn}}" }, "Action": "ecr:ListImages" }'
const deny = (action: string) => `{ "Effect": "Deny", "Principal": "*", "Action": "${action}" }`

export const denies = (statement: CheckedStatement, action: string): boolean =>
  statement.texts('Action').some(({ text }) => actionMatches(text, action))

export const selfLockout: Rule<CheckedLab> = {
  id: 'self-lockout',
  severity: 'error',
  summary: 'A repository policy locks out who sets it',
  why: 'ECR refuses a policy after which its caller could not set another one, unless the call says `force`. With `force` the repository stays shut for him, and the lab should say who opens it again.',
  wrong: repositoryPolicy(policyOf(allow, deny('ecr:SetRepositoryPolicy'))),
  right: repositoryPolicy(policyOf(allow, deny('ecr:PutImage'))),
  at: '{ "Effect": "Deny"',
  check: ({ documents }) =>
    appliedDocuments(documents)
      .filter(({ use, holder }) => use === 'repository' && !isForced(holder.ahead))
      .flatMap(document => {
        const caller = document.holder.ahead?.actor ?? ''
        const found = flatDenies(document).find(
          each =>
            denies(each, 'ecr:SetRepositoryPolicy') &&
            awsPrincipals(each).some(({ text }) => meansCaller(text, accountArn(caller, document.holder.ahead))),
        )
        if (!found) return []
        return [
          {
            place: document.at(found.path),
            message: `the statement denies ecr:SetRepositoryPolicy to ${document.holder.step.as ?? 'the caller'}, who sets the policy`,
            hint: 'deny less, or say `force: true` where the lock-out is what the lab shows',
            named: document.named,
          },
        ]
      }),
}

type Ahead = CheckedLab['steps'][number]['ahead']

export const isForced = (ahead: Ahead): boolean => (ahead?.fields as { force?: unknown } | undefined)?.force === true

/** Who is not foreseen is somebody of the account. */
const accountArn = (actor: string, ahead: Ahead): string =>
  actor.startsWith('arn:') ? actor : `arn:aws:iam::${ahead?.place.account}:user/nobody`
