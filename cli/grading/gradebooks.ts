import { copyFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { feedback } from '../../reports/gradebook/feedback.ts'
import {
  fillColumn,
  gradebookColumns,
  gradebookKinds,
  type Mark,
  saysWho,
} from '../../reports/gradebook/fill-column.ts'
import { didYouMean } from '../../runner/definition/nearest-name.ts'
import type { StudentReport } from '../../runner/grading/student-report.ts'
import { usageError } from '../../runner/lab-error.ts'
import type { Options } from '../options.ts'
import { makeFolder } from '../report-files.ts'
import { counted } from '../show/count.ts'
import { fileNameOf } from './file-name.ts'
import { textOf } from './roster-file.ts'
import { oneLine } from './student-line.ts'

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
    const known = Object.hasOwn(gradebookKinds, kind) ? gradebookKinds[kind] : undefined
    if (!known)
      throw usageError(
        `there is no gradebook kind \`${kind}\``,
        didYouMean(kind, Object.keys(gradebookKinds), 'there are'),
      )
    if (saysWho(known, assignment))
      throw usageError(
        `\`${assignment}\` of a ${kind} gradebook says who somebody is`,
        "name the column of the marks: --assignment 'Lab 3 (123)'",
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

export interface ClassMarks {
  reports: () => Iterable<StudentReport>
  /** Whom a line of the roster names by which he cannot be graded. */
  bad: readonly string[]
}

/**
 * Fills the column in the grader's own export; the export as it was is kept beside it. Gives the lines that say who has no mark of this grading, and
 * what stands in his cell.
 */
export async function writeGradebooks(
  cwd: string,
  { gradebook, assignment = '' }: Wanted,
  { reports, bad }: ClassMarks,
): Promise<string[]> {
  const lines: string[] = []
  for (const { kind: name, path } of gradebook) {
    const kind = gradebookKinds[name]
    if (!kind) continue
    const marks: Mark[] = []
    let most: number | null = null
    for (const { student, points, maxPoints } of reports()) {
      marks.push({ student, points })
      most = maxPoints
    }
    const known = new Set(marks.map(({ student }) => student))
    marks.push(...[...new Set(bad)].filter(student => !known.has(student)).map(student => ({ student, points: null })))
    const filled = fillColumn(await textOf(cwd, path, 'gradebook'), kind, assignment, marks)
    const before = replaceFile(resolve(cwd, path), filled.text)
    const said = before === null ? 'nothing in it changes' : `as it was: ${path}${before}`
    lines.push(`${path}: ${counted(filled.filled, 'mark')} in \`${assignment}\`; ${said}`)
    if (filled.possible !== null && most !== null && filled.possible !== most)
      lines.push(
        `  the column is of ${filled.possible} points, these labs of ${most}: marks are points, and not scaled`,
      )
    for (const { name, mark } of filled.blank)
      lines.push(`  not graded, left blank: ${shown(name)}${mark === null ? '' : ` (${shown(mark)} stood there)`}`)
    for (const student of filled.unmatched) lines.push(`  not in ${path}: ${student}`)
    for (const student of filled.ambiguous) lines.push(`  more than once in ${path}, left as it was: ${student}`)
    for (const name of filled.crooked) lines.push(`  not as many cells as columns, left as it was: ${shown(name)}`)
    for (const { name, mark } of filled.left)
      lines.push(`  no result of, left as it was: ${shown(name)} (${shown(mark ?? 'no mark')})`)
  }
  return lines
}

/** Writes a file anew, and keeps it as it was beside it; gives what is put to its name there, never that of a file which was kept before. null: it is the same. */
function replaceFile(file: string, text: string): string | null {
  if (readFileSync(file, 'utf8') === text) return null
  let before = '.before'
  for (let number = 2; existsSync(`${file}${before}`); number += 1) before = `.before-${number}`
  copyFileSync(file, `${file}${before}`)
  writeFileSync(`${file}.new`, text)
  renameSync(`${file}.new`, file)
  return before
}

/** What others have chosen: in one line, and not a long one. */
const shown = (text: string): string => oneLine(text).slice(0, 80)

/** A file for each student. */
export function writeFeedback(cwd: string, folder: string, reports: () => Iterable<StudentReport>): void {
  makeFolder(resolve(cwd, folder))
  for (const report of reports())
    writeFileSync(join(resolve(cwd, folder), `${fileNameOf(report.student)}.md`), feedback(report))
}
