import type { CheckedLab } from '../checked-lab.ts'
import { listDenied } from '../example-lab.ts'
import type { Rule } from '../rule.ts'

export const noHint: Rule<CheckedLab> = {
  id: 'no-hint',
  severity: 'note',
  summary: 'A graded lab helps nobody who gets it wrong',
  why: 'A participant sees what AWS answered and what was expected. One `hint:` at the place where most go wrong is what brings him further.',
  wrong: `steps:\n${listDenied}    points: 1\n`,
  right: `steps:\n${listDenied}    points: 1\n    hint: Nothing has granted it to the role yet.\n`,
  at: 'steps:',
  check: ({ steps, source }) =>
    steps.some(({ step }) => step.points > 0) && !steps.some(({ step }) => step.hint !== null)
      ? [
          {
            place: source.place(['steps'], 'key'),
            message: 'the lab is graded, and no step has a `hint`',
            hint: 'write one where most go wrong',
          },
        ]
      : [],
}
