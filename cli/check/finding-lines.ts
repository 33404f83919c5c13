import type { Severity } from '../../runner/check/finding.ts'
import { counted } from '../show/count.ts'
import type { Paper } from '../show/paper.ts'
import { printable } from '../show/printable.ts'
import type { ShownFinding } from './findings-json.ts'

const severities: readonly Severity[] = ['error', 'warning', 'note']

/** Each finding with its place, what to do, and the rule that found it. */
export function showFindings({ line, colours }: Paper, findings: readonly ShownFinding[]): void {
  for (const { file, line: at, column, severity, message, rule, hint, fixable } of findings) {
    const place = printable(`${file}:${at}:${column}: `)
    line(`${severity === 'error' ? colours.bad(place) : place}${severity}: ${printable(message)}  [${rule}]`)
    if (hint !== null) line(`  hint: ${printable(hint)}${fixable ? ', or let lab check --fix do it' : ''}`)
    else if (fixable) line('  hint: lab check --fix mends it')
  }
}

/** `2 errors, 1 warning in 13 labs`; `13 labs without errors`. */
export function summaryOf(findings: readonly ShownFinding[], labs: number, suppressed: number, pages: number): string {
  const kinds = severities.flatMap(kind => {
    const number = findings.filter(({ severity }) => severity === kind).length
    return number === 0 ? [] : [counted(number, kind)]
  })
  const taken = suppressed === 0 ? '' : `, ${counted(suppressed, 'finding')} taken back by comments`
  const subject = [
    ...(labs > 0 || pages === 0 ? [counted(labs, 'lab')] : []),
    ...(pages > 0 ? [counted(pages, 'page')] : []),
  ]
  return kinds.length === 0
    ? `${subject.join(', ')} without errors${taken}`
    : `${kinds.join(', ')} in ${subject.join(', ')}${taken}`
}
