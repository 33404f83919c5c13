import type { CheckedLab } from '../checked-lab.ts'
import { listDenied } from '../example-lab.ts'
import type { Rule } from '../rule.ts'
import { comesAfterChange, settles, usualSpread } from '../time-of-probes.ts'

export const shortWithin: Rule<CheckedLab> = {
  id: 'short-within',
  severity: 'warning',
  summary: 'A probe is asked before the change that it shows can have settled',
  why: 'On AWS a policy takes seconds to reach everybody who decides by it, ten and more on a bad day. A probe that gives up earlier fails without anything being wrong. The sandbox waits for nothing, so that only AWS shows it.',
  wrong: `steps:\n${listDenied}    within: 2s\n    stays: 1s\n`,
  right: `steps:\n${listDenied}    within: 30s\n`,
  at: '2s',
  check: lab => {
    const usual = lab.catalogue.timings.within
    return lab.steps
      .filter(each => settles(each) && (each.step.within ?? usual) < usualSpread && comesAfterChange(lab, each))
      .map(({ step, at }) => ({
        place: step.within === null ? at() : at(['within']),
        message: `the outcome must come within ${(step.within ?? usual) / 1000} s of a change of policies`,
        hint:
          step.within === null
            ? 'raise `timings.within` of labs.yaml to 30s at least'
            : `write 30s at least, or nothing: labs.yaml says ${usual / 1000} s`,
      }))
  },
}
