import type { Rule } from '../../../check/rule.ts'
import { type Lab, operationOf } from '../../../definition/index.ts'
import { stepKind } from '../../../steps/index.ts'
import type { CheckedPages } from '../checked-pages.ts'

export const pageLabLacks: Rule<CheckedPages> = {
  id: 'page-lab-lacks',
  severity: 'note',
  summary: 'A page does what the lab beside it does not',
  why: 'The lab that is run each night does not tell whether this command of the page still works.',
  wrong: { 'page.md': '```bash\naws ecr describe-images --repository-name team-a/alpine\n```\n' },
  right: { 'page.md': '```bash\naws ecr list-images --repository-name team-a/alpine\n```\n' },
  at: 'aws ecr',
  check: ({ things, beside }) =>
    things.calls.flatMap(({ ran, call }) => {
      const labs = beside.get(ran.page)
      if (!labs || call.operation === null || operationsOf(labs).has(call.operation)) return []
      return [
        {
          place: ran.place,
          message: `the page calls ${call.operation}, and no step of \`${labs.at(-1)?.id}\` does`,
          hint: 'add a step, or leave the command to `lab run` of the page',
        },
      ]
    }),
}

const operationsOf = (labs: readonly Lab[]): Set<string | null> =>
  new Set(labs.flatMap(lab => lab.groups.flat()).map(({ kind, fields }) => operationOf(stepKind(kind), fields)))
