import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { csvHeader, csvRows } from '../../reports/csv.ts'
import { ctrf } from '../../reports/ctrf.ts'
import { classMarkdown } from '../../reports/gradebook/class-markdown.ts'
import { gradescope } from '../../reports/gradescope.ts'
import { html } from '../../reports/html.ts'
import { reportFormats } from '../../reports/index.ts'
import { junit } from '../../reports/junit.ts'
import { didYouMean } from '../../runner/definition/nearest-name.ts'
import type { StudentReport } from '../../runner/grading/student-report.ts'
import { environmentError, usageError } from '../../runner/lab-error.ts'
import type { Options } from '../options.ts'
import { fileNameOf } from './file-name.ts'
import { namedReport } from './named-report.ts'

type Reports = () => Iterable<StudentReport>
/** Writes a file, or a folder with a file for each student. */
type Writer = (path: string, reports: Reports) => void

/** One piece after another into a file: the class is never in memory. */
const file =
  (pieces: (reports: Reports) => Iterable<string>): Writer =>
  (path, reports) => {
    mkdirSync(dirname(path), { recursive: true })
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
      mkdirSync(dirname(own), { recursive: true })
      writeFileSync(own, text(report))
    }
  }

const writers: Readonly<Record<string, Writer>> = {
  json: lines('', report => `${JSON.stringify(report)}\n`),
  csv: lines(csvHeader, csvRows),
  markdown: file(classMarkdown),
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

/** Before anybody is graded. @throws LabError (usage) */
export function checkClassReports(wanted: Options['report']): void {
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
}

/** Writes each file of `--report`, students in the order given. @throws LabError (3) naming what cannot be written */
export function writeClassReports(cwd: string, wanted: Options['report'], reports: Reports): void {
  for (const { kind, path } of wanted) {
    try {
      writers[kind]?.(resolve(cwd, path), reports)
    } catch (error) {
      throw environmentError(`the report \`${path}\` cannot be written: ${(error as Error).message}`)
    }
  }
}
