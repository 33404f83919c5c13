import type { LabReport, Report } from '../../assertions/index.ts'
import { codeOfParts } from './code-of-parts.ts'

/**
 * One report of the reports of single labs, as one run of all of them would have made it: labs in their order, a lab that was only needed once,
 * before the first that needed it, and not at all where it was asked for as well.
 *
 * @param reports in the order of the labs asked for; at least one
 */
export function mergeRuns(reports: readonly Report[]): Report {
  const [first] = reports
  if (!first) throw new TypeError('no report is there to be merged')
  const asked = new Set(reports.flatMap(({ labs }) => labs.filter(lab => !lab.setUp).map(({ id }) => id)))
  const labs = new Map<string, LabReport>()
  for (const lab of reports.flatMap(report => report.labs))
    if (!labs.has(lab.id) && lab.setUp !== asked.has(lab.id)) labs.set(lab.id, lab)
  const begun = reports.map(({ startedAt }) => Date.parse(startedAt))
  const ended = reports.map(({ durationMs }, at) => (begun[at] ?? 0) + durationMs)
  const joined = (of: (report: Report) => string, sign: string) => [...new Set(reports.map(of))].join(sign)
  return {
    ...first,
    runId: joined(({ runId }) => runId, '+'),
    accountId: joined(({ accountId }) => accountId, ', '),
    startedAt: new Date(Math.min(...begun)).toISOString(),
    durationMs: Math.max(...ended) - Math.min(...begun),
    exitCode: codeOfParts(reports, true),
    labs: [...labs.values()],
    leftovers: reports.flatMap(({ leftovers }) => leftovers),
  }
}
