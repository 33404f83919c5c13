import { copyFileSync, renameSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { feedback } from '../../reports/gradebook/feedback.ts'
import { fillColumn, gradebookColumns, gradebookKinds } from '../../reports/gradebook/fill-column.ts'
import { didYouMean } from '../../runner/definition/nearest-name.ts'
import type { StudentReport } from '../../runner/grading/student-report.ts'
import { usageError } from '../../runner/lab-error.ts'
import type { Options } from '../options.ts'
import { makeFolder } from '../report-files.ts'
import { counted } from '../show/count.ts'
import { fileNameOf } from './file-name.ts'
import { textOf } from './roster-file.ts'

type Wanted = Pick<Options, 'gradebook' | 'assignment'>

/** Before anybody is graded. @throws LabError (usage) for an export, or a column of it, that is not there */
export async function checkGradebooks(cwd: string, { gradebook, assignment }: Wanted): Promise<void> {
  if (gradebook.length === 0) {
    if (assignment === undefined) return
    throw usageError('`--assignment` without `--gradebook`', 'such as --gradebook canvas=export.csv')
  }
  if (assignment === undefined)
    throw usageError('`--gradebook` without `--assignment`', "name the column: --assignment 'Lab 3 (123)'")
  for (const { kind, path } of gradebook) {
    if (!Object.hasOwn(gradebookKinds, kind))
      throw usageError(
        `there is no gradebook kind \`${kind}\``,
        didYouMean(kind, Object.keys(gradebookKinds), 'there are'),
      )
    const columns = gradebookColumns(await textOf(cwd, path, 'gradebook'))
    const found = columns.filter(column => column === assignment).length
    if (found === 0)
      throw usageError(
        `the gradebook \`${path}\` has no column \`${assignment}\``,
        didYouMean(assignment, columns, 'its columns are'),
      )
    if (found > 1) throw usageError(`the gradebook \`${path}\` has ${found} columns \`${assignment}\``)
  }
}

/** Fills the column in the grader's own export; the export as it was is kept beside it. Gives the lines that say whom it could not match. */
export async function writeGradebooks(
  cwd: string,
  { gradebook, assignment = '' }: Wanted,
  reports: () => Iterable<StudentReport>,
): Promise<string[]> {
  const lines: string[] = []
  for (const { kind: name, path } of gradebook) {
    const kind = gradebookKinds[name]
    if (!kind) continue
    const marks = Array.from(reports(), ({ student, points }) => ({ student, points }))
    const filled = fillColumn(await textOf(cwd, path, 'gradebook'), kind, assignment, marks)
    const file = resolve(cwd, path)
    copyFileSync(file, `${file}.before`)
    writeFileSync(`${file}.new`, filled.text)
    renameSync(`${file}.new`, file)
    lines.push(`${path}: ${counted(filled.filled, 'mark')} in \`${assignment}\`; as it was: ${path}.before`)
    for (const student of filled.unmatched) lines.push(`  not in ${path}: ${student}`)
    for (const student of filled.ambiguous) lines.push(`  more than once in ${path}, left as it was: ${student}`)
  }
  return lines
}

/** A file for each student. */
export function writeFeedback(cwd: string, folder: string, reports: () => Iterable<StudentReport>): void {
  makeFolder(resolve(cwd, folder))
  for (const report of reports())
    writeFileSync(join(resolve(cwd, folder), `${fileNameOf(report.student)}.md`), feedback(report))
}
