import { expectedDenial } from '../../../assertions/index.ts'
import type { DocumentUse } from '../../steps/step-kind.ts'
import { appliedStatements } from '../checked-document.ts'
import { type CheckedLab, type CheckedStep, earlierSteps, mayMakeAnything } from '../checked-lab.ts'
import { listDenied } from '../example-lab.ts'
import type { Rule } from '../rule.ts'
import { actionMatches } from '../statement-actions.ts'

const anywhere: readonly DocumentUse[] = ['managed', 'inline', 'session', 'repository', 'registry', 'trust']

/** Whose statements AWS means by a type of policy; what a lab cannot hold itself is not looked for. */
const uses: Readonly<Record<string, readonly DocumentUse[]>> = {
  'identity-based': ['managed', 'inline'],
  'resource-based': ['repository', 'registry', 'trust'],
  'permissions boundary': ['managed'],
  'session policy': ['session', 'managed'],
  'role trust policy': ['trust'],
}

/** An explicit deny of one of the step's actions in the documents of this lab and those before it. */
function isDenied(lab: CheckedLab, each: CheckedStep, wanted: readonly DocumentUse[]): boolean {
  const documents = [...lab.needed, lab].flatMap(({ documents: own }) => own)
  const actions = each.ahead?.step.actions ?? []
  return appliedStatements(documents.filter(({ use }) => wanted.includes(use))).some(
    statement =>
      !statement.allows &&
      (statement.texts('NotAction').length > 0 ||
        statement.texts('Action').some(({ text }) => actions.some(action => actionMatches(text, action)))),
  )
}

/** Policies of AWS or of a program are not in the lab's files. */
const bringsOthers = (lab: CheckedLab, each: CheckedStep): boolean =>
  earlierSteps(lab, each).some(one => mayMakeAnything(one) || /iam::aws:policy/.test(JSON.stringify(one.step.fields)))

export const denialWithoutCause: Rule<CheckedLab> = {
  id: 'denial-without-cause',
  severity: 'error',
  summary: 'An explicit deny is expected, and no policy of the lab denies',
  why: 'An explicit deny comes from a statement with `"Effect": "Deny"`. Where the lab puts none in place, AWS refuses because nothing allows, in other words.',
  wrong: `steps:\n${listDenied.replace(/deny: .*/, 'deny: with an explicit deny in a resource-based policy')}`,
  right: `steps:\n${listDenied}`,
  at: 'with an explicit',
  check: lab =>
    lab.steps.flatMap(each => {
      const { expectation, as } = each.step
      if (expectation.kind !== 'deny' || (each.ahead?.step.actions ?? []).length === 0) return []
      const { decision, policyType } = expectedDenial(expectation.deny).fields
      const wanted = policyType === null ? anywhere : uses[policyType]
      if (decision !== 'explicitDeny' || !wanted || bringsOthers(lab, each) || isDenied(lab, each, wanted)) return []
      return [
        {
          place: each.at(['deny']),
          message: `no ${policyType === null ? 'policy' : `${policyType} policy`.replace('policy policy', 'policy').replace('boundary policy', 'boundary')} of the lab denies this to ${as ?? 'the caller'}`,
          hint: 'add the statement that denies, or expect that nothing allows it',
        },
      ]
    }),
}
