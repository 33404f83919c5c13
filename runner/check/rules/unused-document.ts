import type { CheckedLab } from '../checked-lab.ts'
import { filesOf, policyOf, repositoryArn, rolePolicy } from '../example-lab.ts'
import type { Rule } from '../rule.ts'

const list = policyOf(`{ "Effect": "Allow", "Action": "ecr:ListImages", "Resource": "${repositoryArn}" }`)

const spare = policyOf(`{ "Effect": "Allow", "Action": "ecr:DescribeImages", "Resource": "${repositoryArn}" }`)

export const unusedDocument: Rule<CheckedLab> = {
  id: 'unused-document',
  severity: 'warning',
  summary: 'A JSON file lies in the folder of the lab, and no step names it',
  why: 'It looks like a part of the lab and is none. Who mends it wonders why nothing changes.',
  wrong: { ...filesOf(rolePolicy(list)), 'policies/describe.json': spare },
  right: rolePolicy(list),
  at: spare,
  check: ({ files, documents, lab }) => {
    const used = new Set(documents.map(({ file }) => file))
    const written = JSON.stringify(lab.groups)
    return files
      .filter(({ file, name }) => /^policies\/.*\.json$/.test(name) && !used.has(file) && !written.includes(name))
      .map(({ file, name }) => ({
        place: { file, line: 1, column: 1 },
        message: `no step names \`${name}\``,
        hint: 'name it in a step, or delete it',
      }))
  },
}
