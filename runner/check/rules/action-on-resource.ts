import { appliedStatements } from '../checked-document.ts'
import type { CheckedLab } from '../checked-lab.ts'
import { policyOf, repositoryArn, rolePolicy } from '../example-lab.ts'
import type { Rule } from '../rule.ts'
import { actionsFor, hasWildcard } from '../statement-actions.ts'

const token = (resource: string) =>
  rolePolicy(
    policyOf(
      `{ "Effect": "Allow", "Action": "ecr:GetAuthorizationToken", "Resource": "${resource}" }`,
      `{ "Effect": "Allow", "Action": "ecr:ListImages", "Resource": "${repositoryArn}" }`,
    ),
  )

export const actionOnResource: Rule<CheckedLab> = {
  id: 'action-on-resource',
  severity: 'warning',
  summary: 'An action that has no resource of its own is limited to one',
  why: 'AWS decides such an action on `*`. A statement that names an ARN never matches it: an Allow allows nothing, a Deny denies nothing.',
  wrong: token(repositoryArn),
  right: token('*'),
  at: '"ecr:GetAuthorizationToken"',
  check: ({ documents, iam }) =>
    appliedStatements(documents).flatMap(({ document, texts }) => {
      const resources = texts('Resource')
      if (resources.length === 0 || resources.some(({ text }) => /^\*+$/.test(text))) return []
      return texts('Action').flatMap(({ text, path }) => {
        const [only, ...others] = hasWildcard(text) ? [] : (actionsFor(text, iam) ?? [])
        if (!only || others.length > 0 || only.arns.length > 0) return []
        return [
          {
            place: document.at(path),
            message: `\`${only.name}\` is about no resource, and is allowed or denied on \`*\` only`,
            hint: 'give it a statement of its own with `"Resource": "*"`',
            named: document.named,
          },
        ]
      })
    }),
}
