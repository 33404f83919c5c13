import type { Astray, LabSelftest } from '../../runner/selftest/selftest-lab.ts'
import type { StatementTest } from '../../runner/selftest/statement-tests.ts'
import { counted, duration } from './count.ts'
import type { Paper } from './paper.ts'
import { shownPath } from './show-error.ts'
import { indented } from './wrap.ts'

/** What was found of a lab: its checks before and after, and each change that none of them noticed. */
export function selftestLines(lab: LabSelftest, cwd: string, { width, colours }: Paper): string[] {
  const { before, after, statements } = lab
  const mark = (good: boolean) => (good ? colours.good('✔') : colours.bad('✖'))
  const wrong = (all: readonly Astray[]) =>
    all.flatMap(({ step, file, line, why }) => indented(`${file}:${line} ${step}: ${why}`, '      ', width))
  const marks = ({ points, maxPoints }: LabSelftest['before']) =>
    maxPoints === 0 ? '' : `, ${points ?? 'no'} of ${counted(maxPoints, 'point')}`
  const lost = statements.filter(({ exercised }) => !exercised)
  const good = statements.length - lost.length
  return [
    '',
    colours.strong(` ${lab.id}`),
    `  ${mark(before.astray.length === 0)} before its steps: red${marks(before)}`,
    ...wrong(before.astray),
    `  ${mark(after.astray.length === 0)} after its steps: green${marks(after)}`,
    ...wrong(after.astray),
    ...(after.astray.length > 0
      ? []
      : [
          `  ${mark(lost.length === 0)} ${good} of ${counted(statements.length, 'statement')} exercised, ${counted(lab.mutants, 'change')} tried`,
        ]),
    ...statements.flatMap(each => unnoticed(each, cwd).flatMap(text => indented(text, '      ', width))),
  ]
}

function unnoticed(statement: StatementTest, cwd: string): string[] {
  const { file, line, sid, effect, standing, changes, exercised } = statement
  const place = `${shownPath(file, cwd)}:${line}`
  const name = sid === null ? effect : `${effect} "${sid}"`
  if (standing === 'not taken') return [`${place} ${name}: never in force, whoever sends it is denied`]
  if (standing === 'refused') return exercised ? [] : [`${place} ${name}: no check notices when AWS takes the document`]
  return changes
    .filter(({ noticedBy }) => noticedBy === null)
    .map(({ words, change }) => `${place} ${name}: no check notices ${change === 'narrowed' ? 'it ' : ''}${words}`)
}

export function summaryLine(labs: readonly LabSelftest[]): string {
  const statements = labs.flatMap(lab => lab.statements)
  const changes = labs.reduce((sum, { mutants }) => sum + mutants, 0)
  const took = labs.reduce((sum, { durationMs }) => sum + durationMs, 0)
  const weak = labs.filter(({ passed }) => !passed).map(({ id }) => id)
  const told = weak.length === 0 ? 'every lab is a good test' : `weak: ${weak.join(', ')}`
  const exercised = statements.filter(each => each.exercised).length
  return ` ${counted(labs.length, 'lab')} · ${exercised} of ${counted(statements.length, 'statement')} exercised · ${counted(changes, 'change')} · ${duration(took)} · ${told}`
}
