import type { CheckedLab } from '../checked-lab.ts'
import { filesOf } from '../example-lab.ts'
import type { Rule } from '../rule.ts'
import { thingOf } from './made-twice.ts'

const lab = (id: string, name: string): string => `# yaml-language-server: $schema=../../schema/lab.schema.json
id: ${id}
title: A repository of a team
steps:
  - id: repository
    create-repository: { repository-name: ${name} }
  - id: listed
    list-images: { repository-name: ${name} }
    allow: {}
`
const other = {
  '../../labs.yaml': 'labs: [base, other, demo]\n',
  '../other/lab.yaml': lab('other', 'team-c/alpine'),
}

export const namesCollide: Rule<CheckedLab> = {
  id: 'names-collide',
  severity: 'warning',
  summary: 'Two labs that do not need each other make things of one name',
  why: 'Run together, or one after the other without a teardown, the second one meets a foreign thing of its name, which it must not touch, and fails.',
  wrong: { ...filesOf(lab('demo', 'team-c/alpine')), ...other },
  right: { ...other, ...filesOf(lab('demo', 'team-d/alpine')) },
  at: 'id: repository',
  check: ({ steps, strangers, catalogue, lab: own }) => {
    const place = (id: string) => catalogue.labs.indexOf(id)
    const before = strangers.filter(each => place(each.lab.id) < place(own.id))
    return steps.flatMap(each => {
      const thing = thingOf(each)
      const found = thing === null ? undefined : before.flatMap(one => one.steps).find(one => thingOf(one) === thing)
      if (!found) return []
      return [
        {
          place: each.at(),
          message: `\`${found.lab}/${found.step.id}\` makes a ${each.resource?.type} of the same name, \`${each.resource?.name}\``,
          hint: 'give one of them a name that says which lab it is of, or let one lab need the other',
        },
      ]
    })
  },
}
