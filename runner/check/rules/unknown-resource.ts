import { didYouMean } from '../../definition/nearest-name.ts'
import { appliedStatements } from '../checked-document.ts'
import { type CheckedLab, expectsRefusal, mayMakeAnything } from '../checked-lab.ts'
import { policyOf, repositoryArn, rolePolicy } from '../example-lab.ts'
import type { Rule } from '../rule.ts'
import { hasWildcard } from '../statement-actions.ts'

const list = (resource: string) =>
  rolePolicy(policyOf(`{ "Effect": "Allow", "Action": "ecr:ListImages", "Resource": "${resource}" }`))

/** Any account: one with a digit too few matches nothing either. */
const nameable = /^arn:[^:]+:(ecr:[^:]*:[^:{}]*:repository|iam::[^:{}]*:(role|user))\//

export const unknownResource: Rule<CheckedLab> = {
  id: 'unknown-resource',
  severity: 'warning',
  summary: 'A policy is about a repository, role or user that no step makes',
  why: 'The statement matches nothing that the lab asks about. A name with a wildcard, or the ARN that the step gave, cannot be misspelt.',
  wrong: list('arn:aws:ecr:{{region}}:{{account}}:repository/team-a/alpin'),
  right: list(repositoryArn),
  at: '"arn:aws:ecr:{{region}}:{{account}}:repository/team-a/alpin"',
  check: lab => {
    const all = [...lab.needed, lab, ...lab.dependents].flatMap(each => each.steps)
    if (all.some(mayMakeAnything)) return []
    const made = all
      .filter(each => !expectsRefusal(each))
      .flatMap(({ resource }) => (resource?.part === false && resource.arn ? resource.arn : []))
    return appliedStatements(lab.documents).flatMap(({ document, texts }) =>
      texts('Resource')
        .filter(({ text }) => nameable.test(text) && !hasWildcard(text) && !text.includes('${') && !made.includes(text))
        .map(({ text, path }) => ({
          place: document.at(path),
          message: `no step makes \`${text}\``,
          hint: didYouMean(text, made, 'there are'),
          named: document.named,
        })),
    )
  },
}
