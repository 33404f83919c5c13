import { type CheckedLab, changes, expectsRefusal } from '../checked-lab.ts'
import { listDenied } from '../example-lab.ts'
import { isUsedLater } from '../mentions.ts'
import type { Rule } from '../rule.ts'

const made = `  - id: repository
    create-repository: { repository-name: team-c/alpine }
`

export const unusedThing: Rule<CheckedLab> = {
  id: 'unused-thing',
  severity: 'warning',
  summary: 'A step makes something that no other step names',
  why: 'A policy that is attached to nobody, a role that nobody assumes, a repository that nobody asks for show nothing. A step is missing, or this one is left over.',
  wrong: `steps:\n${made}${listDenied}`,
  right: `steps:\n${made}${listDenied.replace(/"\{\{names.repo\}\}"/, 'team-c/alpine')}`,
  at: 'id: repository',
  check: lab =>
    lab.steps
      .filter(each => changes(each) && !expectsRefusal(each) && each.resource?.part === false)
      .filter(each => each.resource?.type !== 'call' && !isUsedLater(lab, each))
      .map(({ resource, at }) => ({
        place: at(),
        message: `no other step names the ${resource?.type} \`${resource?.name}\``,
        hint: resource?.type === 'policy' ? 'attach it to a role or user' : 'use it, or take the step out',
      })),
}
