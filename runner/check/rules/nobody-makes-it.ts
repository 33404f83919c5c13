import { didYouMean } from '../../definition/nearest-name.ts'
import { type CheckedLab, changes, earlierSteps, expectsRefusal, mayMakeAnything } from '../checked-lab.ts'
import { listDenied } from '../example-lab.ts'
import type { Rule } from '../rule.ts'

const fields = ['repository-name', 'repository-names', 'role-name', 'user-name'] as const
const types: Readonly<Record<string, string>> = {
  'repository-name': 'repository',
  'repository-names': 'repository',
  'role-name': 'role',
  'user-name': 'user',
}

export const nobodyMakesIt: Rule<CheckedLab> = {
  id: 'nobody-makes-it',
  severity: 'warning',
  summary: 'A step is about a repository, role or user that no earlier step makes',
  why: 'AWS answers that it is not there, which is neither allowed nor denied. Where it does exist in the account, it is a foreign thing, and the next account does not have it.',
  wrong: `steps:\n${listDenied.replace('"{{names.repo}}"', 'team-a/alpin')}`,
  right: `steps:\n${listDenied}`,
  at: 'team-a/alpin',
  check: lab =>
    lab.steps.flatMap(each => {
      const { ahead, step, kind, at } = each
      if (ahead === null || step.expectation.kind === 'error' || kind.kind.startsWith('create-')) return []
      const earlier = earlierSteps(lab, each).filter(one => changes(one) && !expectsRefusal(one))
      // A program, or a call, may make what nobody can foresee.
      if (earlier.some(mayMakeAnything)) return []
      const written: Readonly<Record<string, unknown>> = { ...(ahead.fields as object) }
      return fields.flatMap(field =>
        [written[field]].flat().flatMap(name => {
          if (typeof name !== 'string' || /^[A-Z0-9_]+_[A-Z0-9_]+$/.test(name)) return []
          const made = earlier.flatMap(({ resource }) =>
            resource && resource.type === types[field] ? resource.name : [],
          )
          if (made.includes(name)) return []
          return [
            {
              place: at([step.kind, field]),
              message: `no earlier step makes the ${types[field]} \`${name}\``,
              hint: didYouMean(name, made, 'there are'),
            },
          ]
        }),
      )
    }),
}
