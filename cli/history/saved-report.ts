import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Report } from '../../assertions/index.ts'
import { reportSchema } from '../../reports/json-schema/report-schema.ts'
import { LabError, usageError } from '../../runner/lab-error.ts'

export interface SavedReport {
  report: Report
  /** The run's own folder. */
  folder: string
}

/** @throws LabError (usage) when there is no such run, when it never came to its report, or when the report is none of ours */
export async function savedReport(labFolder: string, runId: string): Promise<SavedReport> {
  if (!/^\w+$/.test(runId)) throw usageError(`\`${runId}\` is no run`, 'lab history lists the runs')
  const folder = join(labFolder, 'runs', runId)
  const text = await readFile(join(folder, 'report.json'), 'utf8').catch(() => null)
  if (text === null)
    throw usageError(
      `there is no report of a run \`${runId}\` here`,
      'lab history lists the runs; a verify keeps only its summary, and one that was cut off has none',
    )
  const file = join(folder, 'report.json')
  try {
    const value: unknown = JSON.parse(text)
    checkVersion(value, file)
    reportSchema.parse(value)
    return { report: value as Report, folder }
  } catch (error) {
    if (error instanceof LabError) throw error
    throw usageError(`the report of run \`${runId}\` is damaged`, file)
  }
}

function checkVersion(value: unknown, file: string): void {
  const { schemaVersion } = (value ?? {}) as { schemaVersion?: unknown }
  if (typeof schemaVersion === 'number' && schemaVersion > 1)
    throw usageError(
      `${file} has schemaVersion \`${schemaVersion}\`, expected \`1\``,
      'a newer lab wrote it: upgrade this one',
    )
}
