import { expectedDenial } from '../../../assertions/index.ts'
import type { CheckedLab, CheckedStep } from '../checked-lab.ts'
import { changes } from '../checked-lab.ts'
import { policyOf, repositoryArn } from '../example-lab.ts'
import type { Rule } from '../rule.ts'
import { actionMatches } from '../statement-actions.ts'
import { changesAccess, settles } from '../time-of-probes.ts'

const list = policyOf(
  `{ "Effect": "Allow", "Action": ["ecr:ListImages", "ecr:PutImage"], "Resource": "${repositoryArn}" }`,
)
const policy = `steps:
  - id: policy
    put-role-policy:
      role-name: "{{names.role}}"
      policy-name: list
      policy-document: { file: policies/list.json }
`
const put = `  - id: refused
    as: reader
    call: { service: ecr, operation: DeleteRepository, input: { repositoryName: "{{names.repo}}" } }
    deny: with an explicit deny in an identity-based policy
`
const settled = `  - id: listed
    as: reader
    list-images: { repository-name: "{{names.repo}}" }
    allow: {}
`
const denying = list.replace(
  '\n  ]',
  `,\n    { "Effect": "Deny", "Action": "ecr:DeleteRepository", "Resource": "${repositoryArn}" }\n  ]`,
)

/** A refusal that is not there yet: what is allowed meanwhile is done. A refusal for want of a permission was there before, too. */
const mustBeDenied = ({ step: { expectation } }: CheckedStep): boolean =>
  expectation.kind === 'deny' && expectedDenial(expectation.deny).fields.decision === 'explicitDeny'

/** true: what the earlier step changed may decide the later one. Of a document it is known what it is about. */
function mayDecide(lab: CheckedLab, change: CheckedStep, later: CheckedStep): boolean {
  const { ahead } = later
  const about = ahead?.step.request?.(ahead.place).resource
  const { resource } = change
  if (resource?.type === 'repository policy' && about?.includes(':repository/') && resource.arn !== about) return false
  const statements = lab.documents.filter(({ holder }) => holder === change).flatMap(each => each.statements)
  const actions = ahead?.step.actions ?? []
  if (statements.length === 0 || actions.length === 0) return true
  return statements.some(
    ({ texts }) =>
      texts('NotAction').length > 0 ||
      texts('Action').some(({ text }) => actions.some(action => actionMatches(text, action))),
  )
}

export const unsettledChange: Rule<CheckedLab> = {
  id: 'unsettled-change',
  severity: 'warning',
  summary: 'A step that must be denied changes something, and is sent before the deny can have settled',
  why: 'On AWS a policy takes seconds to reach everybody. A step that is refused is asked for again until the answer rests; one that is allowed is done. Sent right after the policy that denies it was written, it may still be allowed by the old one: the repository is deleted, the policy replaced, and the lab fails for no fault of anybody.',
  wrong: { 'lab.yaml': policy + put, 'policies/list.json': denying },
  right: { 'lab.yaml': policy + settled + put, 'policies/list.json': denying },
  at: 'id: refused',
  check: lab =>
    lab.steps.flatMap(each => {
      if (each.step.as === null || !changes(each) || !mustBeDenied(each)) return []
      const before = lab.steps.filter(({ group }) => group < each.group)
      const last = before.findLast(one => changesAccess(one) && mayDecide(lab, one, each))
      if (!last || lab.steps.some(one => settles(one) && one.group > last.group && one.group < each.group)) return []
      const message = `the step may still be allowed, right after step \`${last.step.id}\` changed who may do what`
      return [{ place: each.at(), message, hint: 'put a probe between them that reads: it is asked until it rests' }]
    }),
}
