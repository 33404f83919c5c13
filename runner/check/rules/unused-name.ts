import type { CheckedLab } from '../checked-lab.ts'
import { listDenied } from '../example-lab.ts'
import { isMentioned } from '../mentions.ts'
import type { Rule } from '../rule.ts'

export const unusedName: Rule<CheckedLab> = {
  id: 'unused-name',
  severity: 'warning',
  summary: 'A name is declared and never used',
  why: 'Either it is a leftover, or a step writes its own text where the name was meant: then `--isolate` and a roster rename the one and not the other.',
  wrong: `names: { user: ecr-reader }\nsteps:\n${listDenied}`,
  right: `steps:\n${listDenied}`,
  at: 'user: ecr-reader',
  check: lab =>
    Object.keys(lab.lab.names)
      .filter(name => !isMentioned(lab, 'names', name))
      .map(name => ({
        place: lab.source.place(['names', name], 'key'),
        message: `the name \`${name}\` is never used`,
        hint: `write \`{{names.${name}}}\` where it is meant, or take it out`,
      })),
}
