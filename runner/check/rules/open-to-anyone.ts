import { appliedStatements } from '../checked-document.ts'
import type { CheckedLab } from '../checked-lab.ts'
import { policyOf, repositoryPolicy } from '../example-lab.ts'
import type { Rule } from '../rule.ts'

const allow = (principal: string) =>
  repositoryPolicy(policyOf(`{ "Effect": "Allow", "Principal": ${principal}, "Action": "ecr:ListImages" }`))

export const openToAnyone: Rule<CheckedLab> = {
  id: 'open-to-anyone',
  severity: 'warning',
  summary: 'A statement allows something to everybody in the world',
  why: 'The principal `*` is every caller of every AWS account. On a real account that opens the repository, or the role, to strangers as long as the lab stands.',
  wrong: allow('"*"'),
  right: allow('{ "AWS": "{{steps.role.Role.Arn}}" }'),
  at: '"Principal"',
  check: ({ documents }) =>
    appliedStatements(documents)
      .filter(({ value, allows }) => allows && !('Condition' in value) && isAnyone(value.Principal))
      .map(({ document, path }) => ({
        place: document.at([...path, 'Principal'], 'key'),
        message: 'the statement allows this to everybody in the world',
        hint: 'name who it is for, or add a condition',
        named: document.named,
      })),
}

const isAnyone = (principal: unknown): boolean =>
  /^("\*"|\{"AWS":(\[[^\]]*)?"\*")/.test(JSON.stringify(principal ?? ''))
