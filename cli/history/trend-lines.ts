import { counted, duration } from '../show/count.ts'
import { indented } from '../show/wrap.ts'
import type { HistoryEntry } from './entry.ts'
import type { Trend } from './trend.ts'

const shownRuns = 20

/** The history as a person reads it: the newest runs last, then what they say together. */
export function trendLines(entries: readonly HistoryEntry[], trend: Trend, width: number | null): string[] {
  if (entries.length === 0) return ['no run is kept here yet', 'Next: lab run LAB']
  const lines = [
    ...entries.slice(-shownRuns).map(lineOf),
    '',
    `${counted(trend.runs, 'run')}, ${Math.round((trend.passRate ?? 0) * 100)} % as expected`,
    ...(trend.duration ? [`took ${duration(trend.duration.p50)} (p50), ${duration(trend.duration.p95)} (p95)`] : []),
    ...trend.propagation.map(
      ({ kind, changes, p50, p95 }) =>
        `in force after ${duration(p50)} (p50), ${duration(p95)} (p95): ${kind}, ${counted(changes, 'change')}`,
    ),
    ...trend.flaky.map(({ step, passed, of }) => `flaky: ${step} passed ${passed} of ${of}`),
  ]
  return lines.flatMap(line => (line === '' ? [''] : indented(line, ' ', width)))
}

function lineOf({ runId, startedAt, command, target, exitCode, durationMs, labs }: HistoryEntry): string {
  const steps = labs.flatMap(lab => lab.steps)
  const passed = steps.filter(({ status }) => status === 'passed').length
  const when = startedAt.slice(0, 16).replace('T', ' ')
  return `${when} · ${runId} · ${command} · ${target} · exit ${exitCode} · ${passed}/${steps.length} steps · ${duration(durationMs)}`
}
