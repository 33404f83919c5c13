import type { Judged, LabSelftest } from '../../runner/selftest/selftest-lab.ts'
import type { StatementTest } from '../../runner/selftest/statement-tests.ts'
import { counted, duration } from './count.ts'
import type { Paper } from './paper.ts'
import { shownPath } from './problems.ts'
import { indented, parted } from './wrap.ts'

type Page = Pick<Paper, 'width' | 'colours'>

/** What was found of a lab: its verdicts before and after, and each change that no check noticed. */
export function selftestLines(lab: LabSelftest, cwd: string, { width, colours }: Page): string[] {
  const { before, after, statements, changes } = lab
  const mark = (good: boolean) => (good ? colours.good('✔') : colours.bad('✖'))
  const verdict = (when: string, judged: Judged, words: string) => [
    `  ${mark(judged.good)} ${when.padEnd(10)} ${words}${points(judged)}`,
    ...judged.remarks.flatMap(({ file, line, step, why }) =>
      indented(`${file}:${line} ${step}: ${why}`, within, width),
    ),
  ]
  const exercised = statements.filter(each => each.exercised).length
  const told = statements.flatMap(each => unnoticed(each, cwd).flatMap(text => indented(text, within, width)))
  return [
    '',
    colours.strong(` ${lab.id}`),
    ...verdict('untouched', before, before.good ? 'not passed' : 'passed, with nothing done'),
    ...verdict('done', after, after.good ? 'passed' : 'not passed'),
    ...(after.good && statements.length > 0
      ? [
          `  ${mark(exercised === statements.length)} ${'changed'.padEnd(10)} ${exercised} of ${counted(statements.length, 'statement')} exercised, ${counted(changes, 'change')} tried`,
        ]
      : []),
    ...told,
  ]
}

const within = '      '

const points = ({ points: earned, maxPoints }: Judged): string =>
  maxPoints === 0 ? '' : `, ${earned ?? 'no'} of ${counted(maxPoints, 'point')}`

/** What a statement as a whole lacks comes first; that a single value of it counts for nothing is only worth knowing. */
function unnoticed({ file, line, sid, effect, standing, changes, exercised }: StatementTest, cwd: string): string[] {
  const name = `${shownPath(file, cwd)}:${line} ${effect}${sid === null ? '' : ` "${sid}"`}`
  if (standing === 'not taken') return [`${name}: never in force, whoever sends it is denied`]
  if (standing === 'refused') return exercised ? [] : [`${name}: no check notices a document that AWS takes`]
  const lost = changes.filter(({ noticedBy }) => noticedBy === null)
  return [
    ...lost.filter(({ change }) => change !== 'narrowed').map(({ words }) => `${name}: no check notices ${words}`),
    ...lost.filter(({ change }) => change === 'narrowed').map(({ words }) => `${name}: passes ${words}`),
  ]
}

/** The end of it all. */
export function selftestSummary(labs: readonly LabSelftest[], tookMs: number, { width }: Page): string[] {
  const statements = labs.flatMap(lab => lab.statements)
  const weak = labs.filter(({ passed }) => !passed).map(({ id }) => id)
  const exercised = statements.filter(each => each.exercised).length
  const changes = labs.reduce((sum, lab) => sum + lab.changes, 0)
  return parted(
    [
      counted(labs.length, 'lab'),
      `${exercised} of ${counted(statements.length, 'statement')} exercised`,
      counted(changes, 'change'),
      duration(tookMs),
      weak.length === 0 ? 'good tests' : `weak: ${weak.join(', ')}`,
    ],
    ' ',
    width,
  )
}
