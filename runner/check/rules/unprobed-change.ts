import { type CheckedLab, laterSteps } from '../checked-lab.ts'
import { listDenied, policyOf, repositoryArn } from '../example-lab.ts'
import type { Rule } from '../rule.ts'
import { changesAccess, isProbe } from '../time-of-probes.ts'

const list = policyOf(`{ "Effect": "Allow", "Action": "ecr:DescribeImages", "Resource": "${repositoryArn}" }`)
const policy = `  - id: policy
    put-role-policy:
      role-name: "{{names.role}}"
      policy-name: describe
      policy-document: { file: policies/describe.json }
`

export const unprobedChange: Rule<CheckedLab> = {
  id: 'unprobed-change',
  severity: 'warning',
  summary: 'Nothing is asked after a change of who may do what',
  why: 'Nobody sees whether the change does what it is there for: the lab passes with any policy that AWS takes.',
  wrong: { 'lab.yaml': `steps:\n${listDenied}${policy}`, 'policies/describe.json': list },
  right: { 'lab.yaml': `steps:\n${policy}${listDenied}`, 'policies/describe.json': list },
  at: 'id: policy',
  check: lab => {
    if (![...lab.steps, ...lab.dependents.flatMap(each => each.steps)].some(isProbe)) return []
    return lab.steps
      .filter(changesAccess)
      .filter(each => !laterSteps(lab, each).some(later => isProbe(later)))
      .map(({ step, at }) => ({
        place: at(),
        message: `nothing is asked after step \`${step.id}\`, which changes who may do what`,
        hint: 'ask something that it allows, or that it denies',
      }))
  },
}
