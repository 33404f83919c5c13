import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Report, StepReport } from '../../../assertions/index.ts'
import type { PastRun } from '../runs.ts'

/** A run with the report it left. */
export interface Reported {
  run: PastRun
  report: Report
}

/** Runs whose report can be read, in the order given; one that was cut off has none. */
export async function withReports(runs: readonly PastRun[]): Promise<Reported[]> {
  const read = await Promise.all(
    runs.map(async run => {
      try {
        const report = JSON.parse(await readFile(join(run.folder, 'report.json'), 'utf8')) as Report
        return Array.isArray(report.labs) ? { run, report } : null
      } catch {
        return null
      }
    }),
  )
  return read.filter(each => each !== null)
}

export const stepIn = (report: Report, lab: string, step: string): StepReport | null =>
  report.labs.find(({ id }) => id === lab)?.steps.find(({ id }) => id === step) ?? null

/** The newest in which the step had an answer: a lab that was taken over is not run again. */
export const lastWith = (all: readonly Reported[], lab: string, step: string): Reported | null =>
  all.findLast(({ report }) => stepIn(report, lab, step)?.actual != null) ?? null
