import type { CheckedLab } from '../checked-lab.ts'
import { listDenied } from '../example-lab.ts'
import type { Rule } from '../rule.ts'

export const pointsWithoutId: Rule<CheckedLab> = {
  id: 'points-without-id',
  severity: 'warning',
  summary: 'A graded step has no id of its own',
  why: 'Its id is then its kind and a number, and a step put before it makes the number another: gradebooks, histories and `supersedes` mean the wrong one.',
  wrong: `steps:\n${listDenied.replace('- id: listed\n    as', '- as')}    points: 1\n    hint: Nothing has granted it.\n`,
  right: `steps:\n${listDenied}    points: 1\n    hint: Nothing has granted it.\n`,
  at: 'as: reader',
  check: ({ steps }) =>
    steps
      .filter(({ step, raw }) => step.points > 0 && raw.id === undefined)
      .map(({ step, at }) => ({
        place: at(),
        message: `the step is worth ${step.points} and has no id of its own`,
        hint: 'begin it with `id:` and a name that stays',
      })),
}
