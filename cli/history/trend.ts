import type { HistoryEntry, StepEntry } from './entry.ts'

export interface Trend {
  runs: number
  /** Of the runs, 0 to 1; null without any. */
  passRate: number | null
  /** Steps that passed in some runs and did not in others, and how often. */
  flaky: { step: string; passed: number; of: number }[]
  /** Milliseconds. */
  duration: Percentiles | null
  /** How long changes took until an answer showed them, by the step kind of the change. Milliseconds. */
  propagation: ({ kind: string; changes: number } & Percentiles)[]
}

export interface Percentiles {
  p50: number
  p95: number
}

/** What several runs say together. Steps that were skipped, or could not be judged, speak neither for nor against a step. */
export function trendOf(entries: readonly HistoryEntry[]): Trend {
  const steps = new Map<string, StepEntry[]>()
  for (const { labs } of entries)
    for (const lab of labs)
      for (const step of lab.steps)
        steps.set(`${lab.id}/${step.id}`, [...(steps.get(`${lab.id}/${step.id}`) ?? []), step])
  const seen = [...steps.values()].flat().flatMap(step => step.seen ?? [])
  const kinds = [...new Set(seen.map(({ kind }) => kind))].sort()
  return {
    runs: entries.length,
    passRate: entries.length === 0 ? null : entries.filter(({ exitCode }) => exitCode === 0).length / entries.length,
    flaky: [...steps].flatMap(([step, all]) => {
      const judged = all.filter(({ status }) => status === 'passed' || status === 'failed')
      const passed = judged.filter(({ status }) => status === 'passed').length
      return passed > 0 && passed < judged.length ? [{ step, passed, of: judged.length }] : []
    }),
    duration: percentiles(entries.map(({ durationMs }) => durationMs)),
    propagation: kinds.flatMap(kind => {
      const times = seen.filter(each => each.kind === kind).map(({ ms }) => ms)
      const found = percentiles(times)
      return found === null ? [] : [{ kind, changes: times.length, ...found }]
    }),
  }
}

/** By the nearest rank; null of nothing. */
export function percentiles(values: readonly number[]): Percentiles | null {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]
  const [p50, p95] = [at(0.5), at(0.95)]
  return p50 === undefined || p95 === undefined ? null : { p50, p95 }
}
