import { appliedDocuments } from '../checked-document.ts'
import type { CheckedLab } from '../checked-lab.ts'
import { policyOf, repositoryPolicy } from '../example-lab.ts'
import type { Rule } from '../rule.ts'

const allow = '{ "Effect": "Allow", "Principal": { "AWS": "{{steps.role.Role.Arn}}" }, "Action": "ecr:ListImages" }'

export const missingVersion: Rule<CheckedLab> = {
  id: 'missing-version',
  severity: 'warning',
  summary: 'A policy has no version',
  why: 'AWS takes it for the version 2008-10-17, in which policy variables are letters.',
  wrong: repositoryPolicy(policyOf(allow).replace('  "Version": "2012-10-17",\n', '')),
  right: repositoryPolicy(policyOf(allow)),
  at: '{\n  "Statement"',
  fixable: true,
  check: ({ documents }) =>
    appliedDocuments(documents)
      // Of a managed policy IAM says so itself.
      .filter(({ data, use }) => data.Version === undefined && use !== 'managed' && data.Statement !== undefined)
      .map(document => {
        const [start] = document.range([], 'value') ?? []
        const at = start === undefined ? -1 : document.written.indexOf('{', start) + 1
        const line = '\n  "Version": "2012-10-17",'
        return {
          place: document.at([]),
          message: 'the policy has no `Version`, so that AWS reads it as 2008-10-17',
          hint: 'write `"Version": "2012-10-17"`',
          named: document.named,
          fix: at > 0 ? [{ file: document.file, start: at, end: at, text: line }] : [],
        }
      }),
}
