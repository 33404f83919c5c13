import { didYouMean } from '../../definition/nearest-name.ts'
import { appliedStatements } from '../checked-document.ts'
import { type CheckedLab, earlierSteps, expectsRefusal, mayMakeAnything } from '../checked-lab.ts'
import { policyOf, repositoryPolicy } from '../example-lab.ts'
import { awsPrincipals } from '../principals.ts'
import type { Rule } from '../rule.ts'

const allow = (role: string) =>
  repositoryPolicy(
    policyOf(
      `{ "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::{{account}}:role/${role}" }, "Action": "ecr:ListImages" }`,
    ),
  )

const entity = /^arn:[^:]+:iam::\d{12}:(role|user)\//

export const unknownPrincipal: Rule<CheckedLab> = {
  id: 'unknown-principal',
  severity: 'error',
  summary: 'A policy names a role or user that no earlier step makes',
  why: 'AWS looks up the principals of a trust policy and of a repository policy when it stores them, and refuses one that is not there. ECR does so in a sentence that fits every mistake, so that this one is hard to find.',
  wrong: allow('raeder'),
  right: allow('{{names.role}}'),
  at: '"arn:aws:iam::{{account}}:role/raeder"',
  check: lab =>
    appliedStatements(lab.documents.filter(({ use }) => use === 'repository' || use === 'trust')).flatMap(statement => {
      const { document } = statement
      const earlier = earlierSteps(lab, document.holder).filter(each => !expectsRefusal(each))
      // A program, or a call, may make what nobody can foresee.
      if (earlier.some(mayMakeAnything)) return []
      const made = earlier.flatMap(({ resource }) => resource?.arn ?? []).filter(arn => entity.test(arn))
      return awsPrincipals(statement)
        .filter(({ text }) => entity.test(text) && !made.includes(text))
        .map(({ text, path }) => ({
          place: document.at(path),
          message: `no earlier step makes \`${text}\``,
          hint: didYouMean(text, made, 'there are'),
          named: document.named,
        }))
    }),
}
