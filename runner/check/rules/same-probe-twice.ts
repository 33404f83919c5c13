import { type CheckedLab, changes } from '../checked-lab.ts'
import { listDenied } from '../example-lab.ts'
import type { Rule } from '../rule.ts'
import { isProbe } from '../time-of-probes.ts'

export const sameProbeTwice: Rule<CheckedLab> = {
  id: 'same-probe-twice',
  severity: 'warning',
  summary: 'The same is asked twice, and nothing changed in between',
  why: 'The second answer is the first one. Most often it was copied to be changed, and was not: the probe that was meant is missing.',
  wrong: `steps:\n${listDenied}${listDenied.replace('listed', 'listed-again')}`,
  right: `steps:\n${listDenied}${listDenied.replace('listed', 'described').replaceAll('list-images', 'describe-images').replace('ListImages', 'DescribeImages')}`,
  at: 'id: listed-again',
  check: ({ steps }) =>
    steps.flatMap((each, index) => {
      if (!isProbe(each) || each.ahead === null) return []
      const asked = JSON.stringify([each.step.as, each.step.kind, each.ahead.fields])
      const before = steps
        .slice(0, index)
        .findLast(({ step, ahead }) => JSON.stringify([step.as, step.kind, ahead?.fields]) === asked)
      if (!before || !isProbe(before)) return []
      const between = steps.slice(steps.indexOf(before), index)
      if (between.some(one => changes(one) || one.kind.effect === 'local')) return []
      return [
        {
          place: each.at(),
          message: `step \`${before.step.id}\` has asked the same, and nothing has changed since`,
          hint: 'ask something else, or take it out',
        },
      ]
    }),
}
