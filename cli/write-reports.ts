import { writeFileSync } from 'node:fs'
import type { Report } from '../assertions/index.ts'
import { reportFormats } from '../reports/index.ts'
import { didYouMean } from '../runner/definition/nearest-name.ts'
import { usageError } from '../runner/lab-error.ts'
import type { Options } from './options.ts'
import { type WrittenReports, writeEach } from './report-files.ts'

/** Before anything runs. @throws LabError (usage) for a kind of report that there is not */
export function checkReportKinds(wanted: Options['report']): void {
  for (const { kind } of wanted) {
    if (Object.hasOwn(reportFormats, kind)) continue
    throw usageError(`there is no report kind \`${kind}\``, didYouMean(kind, Object.keys(reportFormats), 'there are'))
  }
}

/** Writes each file of `--report`, whatever became of the others; folders are made. */
export const writeReports = (cwd: string, wanted: Options['report'], report: Report): WrittenReports =>
  writeEach(cwd, wanted, (kind, file) => writeFileSync(file, reportFormats[kind]?.(report) ?? ''))
