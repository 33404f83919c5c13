import { counted, duration } from '../show/count.ts'
import type { Paper } from '../show/paper.ts'
import { parted, wrap } from '../show/wrap.ts'
import type { HistoryEntry } from './entry.ts'
import type { Trend } from './trend.ts'

const shownRuns = 20

/** The history as a person reads it: the newest runs last, then what they say together. What goes on over a line's end is set in. */
export function trendLines(
  entries: readonly HistoryEntry[],
  trend: Trend,
  { width, colours }: Pick<Paper, 'width' | 'colours'>,
): string[] {
  if (entries.length === 0) return ['no run is kept here yet', 'Next: lab run LAB']
  const room = width === null ? null : width - 2
  const hanging = (lines: string[]) => lines.map((line, index) => (index === 0 ? line : `  ${line}`))
  const runs = entries.slice(-shownRuns).flatMap(entry => {
    const lines = hanging(parted(partsOf(entry), ' ', room))
    return entry.exitCode === 0 ? lines : lines.map(colours.bad)
  })
  const together = [
    `${counted(trend.runs, 'run')}, ${Math.round((trend.passRate ?? 0) * 100)} % as expected`,
    ...(trend.duration ? [`took ${duration(trend.duration.p50)} (p50), ${duration(trend.duration.p95)} (p95)`] : []),
    ...trend.propagation.map(
      ({ kind, changes, p50, p95 }) =>
        `in force after ${duration(p50)} (p50), ${duration(p95)} (p95): ${kind}, ${counted(changes, 'change')}`,
    ),
    ...trend.flaky.map(({ step, passed, of }) => `flaky: ${step} passed ${passed} of ${of}`),
  ]
  return [...runs, '', ...together.flatMap(line => hanging(wrap(line, room).map(text => ` ${text}`)))]
}

function partsOf({ runId, startedAt, command, target, exitCode, durationMs, labs }: HistoryEntry): string[] {
  const steps = labs.flatMap(lab => lab.steps)
  const passed = steps.filter(({ status }) => status === 'passed').length
  const when = startedAt.slice(0, 16).replace('T', ' ')
  const told = `${passed}/${steps.length} steps`
  return [when, runId, command, target, `exit ${exitCode}`, told, duration(durationMs)]
}
