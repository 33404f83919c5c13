import type { CheckedLab } from '../checked-lab.ts'
import type { Rule } from '../rule.ts'

const probe = `  - id: listed
    as: reader
    list-images: { repository-name: "{{names.repo}}" }
    deny: because no identity-based policy allows the ecr:ListImages action
`

export const fixedWait: Rule<CheckedLab> = {
  id: 'fixed-wait',
  severity: 'warning',
  summary: 'A step waits for a fixed time',
  why: 'On AWS a fixed time is too short on a bad day and wasted on all others. A probe asks again until its outcome has come, and rests: that is what `within` and `stays` are for.',
  wrong: `steps:\n  - wait: 5s\n${probe}`,
  right: `steps:\n${probe}    within: 90s\n`,
  at: '- wait: 5s'.slice(2),
  check: ({ steps }) =>
    steps
      .filter(({ kind }) => kind.kind === 'wait')
      .map(({ at }) => ({
        place: at(['wait'], 'key'),
        message: 'the step waits for a fixed time',
        hint: 'take it out, and give the probe after it `within:` if the default is too short',
      })),
}
