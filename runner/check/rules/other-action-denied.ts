import { expectedDenial } from '../../../assertions/index.ts'
import { nearestName } from '../../definition/nearest-name.ts'
import type { CheckedLab } from '../checked-lab.ts'
import { listDenied } from '../example-lab.ts'
import type { Rule } from '../rule.ts'

const listed = (actions: readonly string[]): string => actions.map(action => `\`${action}\``).join(', ')

export const otherActionDenied: Rule<CheckedLab> = {
  id: 'other-action-denied',
  severity: 'error',
  summary: 'A step is to be refused an action that it does not ask for',
  why: "AWS's sentence names the action that was refused, and it is held against the step's own. Of another one the step is never refused, so that the lab cannot pass. Most often the sentence was pasted from the step above.",
  wrong: `steps:\n${listDenied.replace('the ecr:ListImages', 'the ecr:DescribeImages')}`,
  right: `steps:\n${listDenied}`,
  at: 'because no',
  check: ({ steps }) =>
    steps.flatMap(({ step, ahead, at }) => {
      const actions = ahead?.step.actions ?? []
      if (step.expectation.kind !== 'deny' || actions.length === 0) return []
      const { action } = expectedDenial(step.expectation.deny).fields
      const wanted = action?.toLowerCase() ?? null
      if (action === null || /[*?{]/.test(action) || actions.some(own => own.toLowerCase() === wanted)) return []
      const nearest = nearestName(action, actions)
      return [
        {
          place: at(['deny']),
          message: `the denial is of \`${action}\`, which \`${step.kind}\` never asks for`,
          hint: nearest ? `did you mean \`${nearest}\`?` : `it asks for ${listed(actions)}`,
        },
      ]
    }),
}
