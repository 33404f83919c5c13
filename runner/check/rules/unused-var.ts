import type { CheckedLab } from '../checked-lab.ts'
import { listDenied } from '../example-lab.ts'
import { isMentioned } from '../mentions.ts'
import type { Rule } from '../rule.ts'

export const unusedVar: Rule<CheckedLab> = {
  id: 'unused-var',
  severity: 'warning',
  summary: 'A variable is declared and never used',
  why: 'Who gives it a value with `--var` believes to change something, and does not.',
  wrong: `vars: { tag: v1 }\nsteps:\n${listDenied}`,
  right: `steps:\n${listDenied}`,
  at: 'tag: v1',
  check: lab =>
    Object.keys(lab.lab.vars)
      .filter(name => !isMentioned(lab, 'vars', name))
      .map(name => ({
        place: lab.source.place(['vars', name], 'key'),
        message: `the var \`${name}\` is never used`,
        hint: `write \`{{vars.${name}}}\` where it is meant, or take it out`,
      })),
}
