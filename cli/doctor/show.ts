import { counted } from '../show/count.ts'
import type { Paper } from '../show/paper.ts'
import { indented, labelled } from '../show/wrap.ts'
import type { Finding } from './finding.ts'

const icons = { ok: '✔', warning: '!', problem: '✖', unknown: '?' } as const

/** Each finding on a line, its mend below; then whether the labs can be run. */
export function findingLines(findings: readonly Finding[], { colours, width }: Paper): string[] {
  const column = Math.max(...findings.map(({ check }) => check.length)) + 2
  const lines = findings.flatMap(({ check, status, says, mend }) => {
    const paint = { ok: colours.good, problem: colours.bad, warning: colours.warn, unknown: colours.faint }[status]
    const [first = '', ...rest] = labelled(check.padEnd(column), says, '  ', width)
    return [
      ` ${paint(icons[status])}${first.slice(1)}`,
      ...rest,
      ...(mend === null || status === 'ok' ? [] : indented(`→ ${mend}`, ' '.repeat(column + 2), width)),
    ]
  })
  const problems = findings.filter(({ status }) => status === 'problem').length
  const end = problems === 0 ? 'ready' : `not ready: ${counted(problems, 'problem')}`
  return [...lines, '', ` ${problems === 0 ? colours.good(end) : colours.bad(end)}`]
}
