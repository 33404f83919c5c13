import { expectedDenial } from '../../../assertions/index.ts'
import type { CheckedLab, CheckedStep } from '../checked-lab.ts'
import { listDenied } from '../example-lab.ts'
import type { Rule } from '../rule.ts'

/** STS names no reason in its denials. */
const givesNoReason = ({ ahead }: CheckedStep): boolean => {
  const actions = ahead?.step.actions ?? []
  return actions.length > 0 && actions.every(action => action.startsWith('sts:'))
}

export const weakDenial: Rule<CheckedLab> = {
  id: 'weak-denial',
  severity: 'warning',
  summary: 'A denial is expected for whatever reason',
  why: 'The action and who asked are always checked, so that a `deny:` which names nothing else accepts every reason: a missing policy, a boundary, an explicit deny. Who gets it wrong in another way than the lab means passes all the same.',
  wrong: `steps:\n${listDenied.replace(/deny: .*/, 'deny: { action: "ecr:ListImages", code: AccessDeniedException }')}`,
  right: `steps:\n${listDenied.replace(/deny: .*/, 'deny: { decision: implicitDeny, policy-type: identity-based }')}`,
  at: '{ action:',
  check: ({ steps }) =>
    steps.flatMap(each => {
      const { expectation } = each.step
      if (expectation.kind !== 'deny' || givesNoReason(each)) return []
      const { fields, text } = expectedDenial(expectation.deny)
      if (fields.decision !== null || fields.policyType !== null || text !== null) return []
      return [
        {
          place: each.at(['deny']),
          message: 'the denial may come for any reason',
          hint: 'add what AWS says after `because`, or `decision:` and `policy-type:`',
        },
      ]
    }),
}
