import { appliedDocuments } from '../checked-document.ts'
import type { CheckedLab } from '../checked-lab.ts'
import { policyOf, repositoryArn, rolePolicy } from '../example-lab.ts'
import type { Rule } from '../rule.ts'

const own = (version: string) =>
  rolePolicy(
    policyOf(`{
  "Effect": "Allow",
  "Action": "ecr:ListImages",
  "Resource": "${repositoryArn}",
  "Condition": { "StringEquals": { "aws:ResourceTag/team": "\${aws:PrincipalTag/team}" } }
}`).replace('2012-10-17', version),
  )

export const variableInOldVersion: Rule<CheckedLab> = {
  id: 'variable-in-old-version',
  severity: 'warning',
  summary: 'A policy of the version 2008-10-17 holds a policy variable',
  why: 'That version has no variables: `${aws:username}` is compared as these letters, and nothing is equal to them.',
  wrong: own('2008-10-17'),
  right: own('2012-10-17'),
  at: '"2008-10-17"',
  fixable: true,
  check: ({ documents }) =>
    appliedDocuments(documents)
      .filter(({ data, text }) => data.Version === '2008-10-17' && /\$\{[\w:]+(\/[^}]*)?\}/.test(text))
      .map(document => ({
        place: document.at(['Version']),
        message: `the version 2008-10-17 has no variables, found \`${/\$\{[^}]*\}/.exec(document.text)?.[0]}\``,
        hint: 'write the version 2012-10-17',
        named: document.named,
        fix: document.edit(['Version'], '"2012-10-17"'),
      })),
}
