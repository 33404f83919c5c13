import { type CheckedLab, expectsRefusal } from '../checked-lab.ts'
import { listDenied } from '../example-lab.ts'
import { identitiesOf, mentioned } from '../mentions.ts'
import type { Rule } from '../rule.ts'

const own = `steps:
  - id: repository
    create-repository: { repository-name: team-c/alpine }
  - id: listed
    list-images: { repository-name: team-c/alpine }
    allow: {}
`

/** true: something of the other lab, or of what that one needs, is named in this one. */
function uses(lab: CheckedLab, other: CheckedLab): boolean {
  const provided = [other, ...other.needed]
  const own = Object.keys(lab.lab.names)
  const ownIds = lab.steps.map(({ step }) => step.id)
  const names = provided.flatMap(each => Object.keys(each.lab.names)).filter(name => !own.includes(name))
  const vars = provided.flatMap(each => Object.keys(each.lab.vars))
  const steps = provided.flatMap(each => each.steps)
  const ids = steps.map(({ step }) => step.id).filter(id => !ownIds.includes(id))
  const identities = steps.flatMap(({ step }) => step.identity ?? [])
  const things = steps
    .filter(each => !expectsRefusal(each))
    .flatMap(({ resource }) => (resource && !resource.part ? [resource.name] : []))
  const written = JSON.stringify(lab.steps.map(({ step, ahead }) => [step.fields, ahead?.fields, step.supersedes]))
  return (
    names.some(name => mentioned(lab, 'names').has(name)) ||
    vars.some(name => mentioned(lab, 'vars').has(name)) ||
    ids.some(id => mentioned(lab, 'steps').has(id)) ||
    lab.steps.some(each => identitiesOf(each).some(name => identities.includes(name))) ||
    things.some(name => written.includes(name))
  )
}

export const unusedNeed: Rule<CheckedLab> = {
  id: 'unused-need',
  severity: 'warning',
  summary: 'A lab needs another one and uses nothing of it',
  why: 'Its steps are done first in each run, for nothing, and a failure of them keeps this lab from being graded.',
  wrong: `needs: [base]\n${own}`,
  right: `needs: [base]\nsteps:\n${listDenied}`,
  at: 'base',
  check: lab =>
    lab.lab.needs.flatMap((id, index) => {
      const other = lab.needed.find(each => each.lab.id === id)
      if (!other || uses(lab, other)) return []
      const place = lab.source.place(['needs', index])
      return [{ place, message: `nothing of \`${id}\` is used`, hint: 'take it out of `needs`' }]
    }),
}
