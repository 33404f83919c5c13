import { type CheckedLab, laterSteps } from '../checked-lab.ts'
import { listDenied } from '../example-lab.ts'
import { identitiesOf } from '../mentions.ts'
import type { Rule } from '../rule.ts'

const session = `  - id: second
    assume-role: { role-arn: "{{steps.role.Role.Arn}}", role-session-name: second }
    identity: secondReader
`

export const unusedIdentity: Rule<CheckedLab> = {
  id: 'unused-identity',
  severity: 'warning',
  summary: 'A step makes an identity, and nobody acts as it',
  why: 'A probe that was meant for it most likely runs as somebody else. If it is as the caller, an administrator, nearly everything is allowed.',
  wrong: `steps:\n${session}${listDenied}`,
  right: `steps:\n${session}${listDenied.replace('as: reader', 'as: secondReader')}`,
  at: 'secondReader',
  check: lab =>
    lab.steps
      .filter(each => each.step.identity !== null)
      .filter(each => !laterSteps(lab, each).some(later => identitiesOf(later).includes(each.step.identity ?? '')))
      .map(({ step, at }) => ({
        place: at(['identity']),
        message: `nobody acts as \`${step.identity}\``,
        hint: `write \`as: ${step.identity}\` in the steps that it is for, or take \`identity\` out`,
      })),
}
