import type { CheckedLab } from '../checked-lab.ts'
import { listDenied } from '../example-lab.ts'
import type { Rule } from '../rule.ts'

export const staysBeyondWithin: Rule<CheckedLab> = {
  id: 'stays-beyond-within',
  severity: 'error',
  summary: 'An outcome must hold for longer than the time in which it must come',
  why: '`within` is the whole time: the outcome comes in it, and then holds for `stays`. With `stays` the longer one, no run on AWS ends well.',
  wrong: `steps:\n${listDenied}    within: 30s\n    stays: 1m\n`,
  right: `steps:\n${listDenied}    within: 1m\n    stays: 30s\n`,
  at: '1m',
  check: ({ steps, catalogue: { timings } }) =>
    steps
      .filter(({ step: { within, stays } }) => within !== null || stays !== null)
      .filter(({ step: { within, stays } }) => (stays ?? timings.stays) >= (within ?? timings.within))
      .map(({ step: { within, stays }, at }) => ({
        place: at([stays === null ? 'within' : 'stays']),
        message: `the outcome must hold for ${(stays ?? timings.stays) / 1000} s and come within ${(within ?? timings.within) / 1000} s`,
        hint: 'make `within` the longer one',
      })),
}
