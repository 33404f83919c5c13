import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { Report } from '../assertions/index.ts'
import { reportFormats } from '../reports/index.ts'
import { didYouMean } from '../runner/definition/nearest-name.ts'
import { environmentError, usageError } from '../runner/lab-error.ts'
import type { Options } from './options.ts'

/** Before anything runs. @throws LabError (usage) for a kind of report that there is not */
export function checkReportKinds(wanted: Options['report']): void {
  for (const { kind } of wanted) {
    if (Object.hasOwn(reportFormats, kind)) continue
    throw usageError(`there is no report kind \`${kind}\``, didYouMean(kind, Object.keys(reportFormats), 'there are'))
  }
}

/** Writes each file of `--report`; folders are made. @throws LabError (3) naming the file that cannot be written */
export async function writeReports(cwd: string, wanted: Options['report'], report: Report): Promise<void> {
  for (const { kind, path } of wanted) {
    const file = resolve(cwd, path)
    try {
      await mkdir(dirname(file), { recursive: true })
      await writeFile(file, reportFormats[kind]?.(report) ?? '')
    } catch (error) {
      throw environmentError(`the report \`${path}\` cannot be written: ${(error as Error).message}`)
    }
  }
}
