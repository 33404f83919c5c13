import type { CheckedLab } from '../checked-lab.ts'
import { listDenied } from '../example-lab.ts'
import type { Rule } from '../rule.ts'
import { isProbe } from '../time-of-probes.ts'

const made = `  - id: repository
    create-repository: { repository-name: team-c/alpine }
  - id: image
    push-image: { repository-name: team-c/alpine, image-tag: v1 }
`

export const nothingProbed: Rule<CheckedLab> = {
  id: 'nothing-probed',
  severity: 'warning',
  summary: 'No step of the lab, or of a lab that needs it, says what AWS must answer',
  why: 'Such a lab passes whatever the policies say, as long as AWS takes them.',
  wrong: `steps:\n${made}`,
  right: `steps:\n${made}${listDenied.replace(/"\{\{names.repo\}\}"/, 'team-c/alpine')}`,
  at: 'steps:',
  check: ({ steps, dependents, source }) =>
    [...steps, ...dependents.flatMap(each => each.steps)].some(isProbe)
      ? []
      : [
          {
            place: source.place(['steps'], 'key'),
            message: 'no step says what AWS must answer',
            hint: 'write `allow:` or `deny:` in a step that asks what the policies decide',
          },
        ],
}
