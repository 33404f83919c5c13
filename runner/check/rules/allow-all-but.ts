import { appliedStatements } from '../checked-document.ts'
import type { CheckedLab } from '../checked-lab.ts'
import { policyOf, repositoryArn, rolePolicy } from '../example-lab.ts'
import type { Rule } from '../rule.ts'

const allow = (element: string) =>
  rolePolicy(policyOf(`{ "Effect": "Allow", ${element}, "Resource": "${repositoryArn}" }`))

export const allowAllBut: Rule<CheckedLab> = {
  id: 'allow-all-but',
  severity: 'warning',
  summary: 'A statement allows everything that it does not name',
  why: '`NotAction` and `NotResource` in an Allow allow all of AWS beside what they name, what AWS adds next year included.',
  wrong: allow('"NotAction": "ecr:DeleteRepository"'),
  right: allow('"Action": "ecr:ListImages"'),
  at: '"NotAction"',
  check: ({ documents }) =>
    appliedStatements(documents)
      .filter(({ allows }) => allows)
      .flatMap(({ document, path, value }) =>
        ['NotAction', 'NotResource']
          .filter(element => element in value)
          .map(element => ({
            place: document.at([...path, element], 'key'),
            message: `\`${element}\` in an Allow allows everything that it does not name`,
            hint: `name what is allowed in \`${element.slice(3)}\`, or deny what is not`,
            named: document.named,
          })),
      ),
}
