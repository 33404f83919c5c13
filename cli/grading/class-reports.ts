import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { csvHeader, csvRows } from '../../reports/csv.ts'
import { gradescope } from '../../reports/gradescope.ts'
import { reportFormats, reportKindsToCome } from '../../reports/index.ts'
import { didYouMean } from '../../runner/definition/nearest-name.ts'
import type { StudentReport } from '../../runner/grading/student-report.ts'
import { environmentError, usageError } from '../../runner/lab-error.ts'
import type { Options } from '../options.ts'
import { fileNameOf } from './file-name.ts'

interface Writer {
  add(report: StudentReport): void
  end(): void
}

/** One line after another into a file: the class is never in memory. */
function lines(file: string, header: string, line: (report: StudentReport) => string): Writer {
  mkdirSync(dirname(file), { recursive: true })
  const opened = openSync(file, 'w')
  writeSync(opened, header)
  return { add: report => writeSync(opened, line(report)), end: () => closeSync(opened) }
}

/** A folder with a folder for each student, as an autograder of one submission writes it. */
const folders = (folder: string): Writer => ({
  add: report => {
    const own = join(folder, fileNameOf(report.student))
    mkdirSync(own, { recursive: true })
    writeFileSync(join(own, 'results.json'), gradescope(report))
  },
  end: () => {},
})

const writers: Readonly<Record<string, (path: string) => Writer>> = {
  json: path => lines(path, '', report => `${JSON.stringify(report)}\n`),
  csv: path => lines(path, csvHeader, csvRows),
  gradescope: folders,
}

/** Before anybody is graded. @throws LabError (usage) */
export function checkClassReports(wanted: Options['report']): void {
  for (const { kind } of wanted) {
    if (Object.hasOwn(writers, kind)) continue
    const kinds = Object.keys(writers)
    if (Object.hasOwn(reportFormats, kind) || reportKindsToCome.includes(kind))
      throw usageError(`report kind \`${kind}\` with \`--roster\` is not built yet`, `there are: ${kinds.join(', ')}`)
    throw usageError(`there is no report kind \`${kind}\``, didYouMean(kind, kinds, 'there are'))
  }
}

/** Writes each file of `--report`, students in the order given. @throws LabError (3) naming what cannot be written */
export function writeClassReports(
  cwd: string,
  wanted: Options['report'],
  reports: () => Iterable<StudentReport>,
): void {
  for (const { kind, path } of wanted) {
    try {
      const writer = writers[kind]?.(resolve(cwd, path))
      for (const report of reports()) writer?.add(report)
      writer?.end()
    } catch (error) {
      throw environmentError(`the report \`${path}\` cannot be written: ${(error as Error).message}`)
    }
  }
}
