import { readYaml } from '../../definition/read-yaml.ts'
import { withoutTemplates } from '../../definition/template.ts'
import type { CheckedLab } from '../checked-lab.ts'
import { policyOf, repositoryArn, rolePolicy } from '../example-lab.ts'
import type { Rule } from '../rule.ts'

const list = (second: string) =>
  rolePolicy(
    policyOf(`{
  "Effect": "Allow",
  "Action": "ecr:ListImages",
  ${second}"Resource": "${repositoryArn}"
}`),
  )

export const duplicateJsonKey: Rule<CheckedLab> = {
  id: 'duplicate-json-key',
  severity: 'error',
  summary: 'An element of a policy is written twice',
  why: 'JSON lets the last one win where AWS lets a policy through at all, so that half of what is written means nothing.',
  wrong: list('"Action": "ecr:DescribeImages",\n  '),
  right: list(''),
  at: '"Action": "ecr:DescribeImages"',
  check: ({ documents }) =>
    documents
      .filter(({ file, holder }) => file !== holder.at().file)
      .flatMap(({ file, written, named }) =>
        readYaml(file, withoutTemplates(written).replaceAll('\t', ' '))
          .problems.filter(({ message }) => message.includes('written twice'))
          .map(({ place, message, hint }) => ({ place, message, hint, named })),
      ),
}
