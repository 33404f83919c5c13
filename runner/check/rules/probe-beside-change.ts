import type { CheckedLab } from '../checked-lab.ts'
import { policyOf, repositoryArn } from '../example-lab.ts'
import type { Rule } from '../rule.ts'
import { changesAccess, isProbe } from '../time-of-probes.ts'

const list = policyOf(`{ "Effect": "Allow", "Action": "ecr:ListImages", "Resource": "${repositoryArn}" }`)
const policy = `      role-name: "{{names.role}}"
      policy-name: list
      policy-document: { file: policies/list.json }
`
const listed = `    as: reader
    list-images: { repository-name: "{{names.repo}}" }
    allow: {}
`
const described = listed
  .replace('list-images', 'describe-images')
  .replace('allow: {}', 'deny: because no identity-based policy allows the ecr:DescribeImages action')
const last = `  - id: described\n${described}`
const indented = (text: string): string => text.replaceAll(/^/gm, '    ').trimEnd()

export const probeBesideChange: Rule<CheckedLab> = {
  id: 'probe-beside-change',
  severity: 'warning',
  summary: 'A probe runs together with a change of who may do what',
  why: 'Steps of one `parallel:` have no order. Whether the probe meets the policy before or after is decided anew in each run.',
  wrong: {
    'lab.yaml': `steps:\n  - parallel:\n      - id: policy\n        put-role-policy:\n${indented(policy)}\n      - id: listed\n${indented(listed)}\n${last}`,
    'policies/list.json': list,
  },
  right: {
    'lab.yaml': `steps:\n  - id: policy\n    put-role-policy:\n${policy}  - id: listed\n${listed}${last}`,
    'policies/list.json': list,
  },
  at: 'id: listed',
  check: ({ steps }) =>
    steps.filter(isProbe).flatMap(({ step, group, at }) => {
      const change = steps.find(each => each.group === group && each.step !== step && changesAccess(each))
      if (!change) return []
      const message = `the probe runs together with step \`${change.step.id}\`, which changes who may do what`
      return [{ place: at(), message, hint: 'put it into a group after that step' }]
    }),
}
