import { type CheckedLab, type CheckedStep, changes, expectsRefusal } from '../checked-lab.ts'
import type { Rule } from '../rule.ts'

const made = (name: string): string => `  - create-repository: { repository-name: ${name} }\n`
const listed = `  - id: listed
    list-images: { repository-name: team-c/alpine }
    allow: {}
`

/** What an account can have one of: parts may be written again. */
export const thingOf = (each: CheckedStep): string | null =>
  changes(each) && !expectsRefusal(each) && each.resource?.part === false && each.resource.arn !== null
    ? `${each.resource.type} ${each.resource.arn}`
    : null

const unmaking = /^(delete|remove)/

export const madeTwice: Rule<CheckedLab> = {
  id: 'made-twice',
  severity: 'error',
  summary: 'A step makes what an earlier one has made',
  why: 'AWS refuses the second one, since it is there already.',
  wrong: `steps:\n${made('team-c/alpine')}${made('team-c/alpine')}${listed}`,
  right: `steps:\n${made('team-c/alpine')}${listed}`,
  at: 'create-repository: { repository-name: team-c/alpine }\n  - id',
  check: ({ steps, needed }) =>
    steps.flatMap(each => {
      const thing = thingOf(each)
      if (thing === null) return []
      const all = [...needed.flatMap(other => other.steps), ...steps]
      const before = all.slice(0, all.indexOf(each))
      if (
        before.some(({ step }) => unmaking.test(step.kind) || /"operation":"Delete/.test(JSON.stringify(step.fields)))
      )
        return []
      const first = before.find(other => thingOf(other) === thing)
      if (!first) return []
      const where = first.lab === each.lab ? `step \`${first.step.id}\`` : `\`${first.lab}/${first.step.id}\``
      return [
        {
          place: each.at(),
          message: `${where} has made the ${each.resource?.type} \`${each.resource?.name}\``,
          hint: 'give it another name, or take one of them out',
        },
      ]
    }),
}
