import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { csvHeader, csvRows } from '../../reports/csv.ts'
import { ctrf } from '../../reports/ctrf.ts'
import { classMarkdown } from '../../reports/gradebook/class-markdown.ts'
import { gradescope } from '../../reports/gradescope.ts'
import { html } from '../../reports/html.ts'
import { reportFormats } from '../../reports/index.ts'
import { junit } from '../../reports/junit.ts'
import { didYouMean } from '../../runner/definition/nearest-name.ts'
import type { StudentReport } from '../../runner/grading/student-report.ts'
import { usageError } from '../../runner/lab-error.ts'
import type { Options } from '../options.ts'
import { checkReportFiles, makeFolder, type WrittenReports, writeEach } from '../report-files.ts'
import { fileNameOf } from './file-name.ts'
import { namedReport } from './named-report.ts'

type Reports = () => Iterable<StudentReport>
/** Writes a file, or a folder with a file for each student. */
type Writer = (path: string, reports: Reports) => void

/** One piece after another into a file: the class is never in memory. */
const file =
  (pieces: (reports: Reports) => Iterable<string>): Writer =>
  (path, reports) => {
    const opened = openSync(path, 'w')
    try {
      for (const piece of pieces(reports)) writeSync(opened, piece)
    } finally {
      closeSync(opened)
    }
  }

const lines = (header: string, line: (report: StudentReport) => string): Writer =>
  file(function* (reports) {
    yield header
    for (const report of reports()) yield line(report)
  })

/** A file for each student, as of one account alone. */
const folder =
  (nameOf: (student: string) => string, text: (report: StudentReport) => string): Writer =>
  (path, reports) => {
    for (const report of reports()) {
      const own = join(path, nameOf(fileNameOf(report.student)))
      makeFolder(dirname(own))
      writeFileSync(own, text(report))
    }
  }

const files: Readonly<Record<string, Writer>> = {
  json: lines('', report => `${JSON.stringify(report)}\n`),
  csv: lines(csvHeader, csvRows),
  markdown: file(classMarkdown),
}
const folders: Readonly<Record<string, Writer>> = {
  // As an autograder of one submission writes it.
  gradescope: folder(student => join(student, 'results.json'), gradescope),
  junit: folder(
    student => `${student}.xml`,
    report => junit(namedReport(report)),
  ),
  ctrf: folder(
    student => `${student}.json`,
    report => ctrf(namedReport(report)),
  ),
  html: folder(
    student => `${student}.html`,
    report => html(namedReport(report)),
  ),
}

const writers = { ...files, ...folders }

/** Before anybody is graded. @throws LabError (usage) for a kind that there is not, (3) naming every file that cannot be written */
export function checkClassReports(cwd: string, wanted: Options['report']): void {
  const kinds = Object.keys(writers)
  for (const { kind } of wanted) {
    if (Object.hasOwn(writers, kind)) continue
    if (Object.hasOwn(reportFormats, kind))
      throw usageError(
        `report kind \`${kind}\` says nothing of a class (\`--roster\`)`,
        `there are: ${kinds.join(', ')}`,
      )
    throw usageError(`there is no report kind \`${kind}\``, didYouMean(kind, kinds, 'there are'))
  }
  checkReportFiles(cwd, wanted, kind => Object.hasOwn(folders, kind))
}

/** Writes each file of `--report`, students in the order given. */
export const writeClassReports = (cwd: string, wanted: Options['report'], reports: Reports): WrittenReports =>
  writeEach(cwd, wanted, (kind, path) => writers[kind]?.(path, reports))
