import type { CheckedLab } from '../checked-lab.ts'
import { listDenied } from '../example-lab.ts'
import type { Rule } from '../rule.ts'

const lab = `steps:\n${listDenied}`

export const noReadme: Rule<CheckedLab> = {
  id: 'no-readme',
  severity: 'note',
  summary: 'A lab has no README.md',
  why: 'A participant finds the steps and not what they are for.',
  wrong: { 'lab.yaml': lab, 'README.md': '' },
  right: { 'lab.yaml': lab, 'README.md': '# Demo\n\nWhat a role may do that nothing has been granted.\n' },
  at: 'steps:',
  check: ({ files, source }) =>
    files.some(({ name, text }) => name === 'README.md' && text.trim() !== '')
      ? []
      : [
          {
            place: source.place(['steps'], 'key'),
            message: 'the lab has no `README.md` that says something',
            hint: 'say what a participant learns, and what to do',
          },
        ],
}
