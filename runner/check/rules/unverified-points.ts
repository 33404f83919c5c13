import { type CheckedLab, isPolled } from '../checked-lab.ts'
import { listDenied } from '../example-lab.ts'
import type { Rule } from '../rule.ts'

const login = (readOnly: string): string => `  - id: caller
    as: reader
    command: { run: [aws, sts, get-caller-identity]${readOnly} }
    points: 1
    hint: The keys are those of the session.
`

export const unverifiedPoints: Rule<CheckedLab> = {
  id: 'unverified-points',
  severity: 'warning',
  summary: 'A step is worth points, and `lab verify` has nothing to look at',
  why: 'What leaves nothing in the account cannot be found there by a grader. Nobody can earn these points in a verification, so that they are not graded, or given for nothing.',
  wrong: `steps:
${login('')}${listDenied}`,
  right: `steps:
${login(', read-only: true')}${listDenied}`,
  at: '1\n',
  check: ({ steps }) =>
    steps
      .filter(({ step, ahead }) => step.points > 0 && ahead !== null)
      .filter(each => each.ahead?.step.verify === undefined && !isPolled(each) && !each.step.probes)
      .map(({ step, at }) => ({
        place: at(['points']),
        message: `a verification cannot see whether \`${step.kind}\` was done`,
        hint: 'give the points to a probe that shows it, or say `read-only: true` of a program that changes nothing',
      })),
}
