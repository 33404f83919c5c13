import { templatesIn } from '../../definition/template.ts'
import { usesOf } from '../../definition/template-uses.ts'
import type { CheckedLab } from '../checked-lab.ts'
import { listDenied } from '../example-lab.ts'
import type { Rule } from '../rule.ts'

const refused = `  - id: refused
    as: reader
    create-repository: { repository-name: team-c/alpine }
    deny: because no identity-based policy allows the ecr:CreateRepository action
`
const named = listDenied.replace('{{names.repo}}', '{{steps.refused.repository.repositoryName}}')

export const outputOfRefusedStep: Rule<CheckedLab> = {
  id: 'output-of-refused-step',
  severity: 'error',
  summary: 'A template asks for the output of a step that is to be refused',
  why: 'A refused call has no output, so that the template stands for nothing and the step that holds it cannot run.',
  wrong: `steps:\n${refused}${named}`,
  right: `steps:\n${refused}${listDenied}`,
  at: '{{steps.refused',
  check: ({ lab, needed, steps }) => {
    const own = steps.map(({ step }) => step)
    const others = needed.flatMap(each => each.steps.map(({ step }) => step))
    return usesOf(lab).flatMap(({ text, place }) =>
      templatesIn(text).flatMap(({ template }) => {
        if (template?.root !== 'steps') return []
        const id = String(template.path[0])
        const step = own.find(each => each.id === id) ?? others.findLast(each => each.id === id)
        if (!step || step.expectation.kind === 'allow') return []
        const message = `step \`${id}\` is to be refused, so that it has no output`
        return [{ place, message, hint: 'name the thing itself, or another step' }]
      }),
    )
  },
}
