import type { Report, StepStatus } from '../../assertions/index.ts'
import { propagationOf, type Seen } from './propagation.ts'

/** What is kept of a step to compare runs by. */
export interface StepEntry {
  id: string
  kind: string
  status: StepStatus
  attempts: number
  startedAt: string
  durationMs: number
  waitedMs: number
  file: string
  line: number
  outcome: 'allowed' | 'denied' | 'failed' | null
  code: string | null
  decision: string | null
  policyType: string | null
  action: string | null
  /** AWS's sentence. */
  message: string | null
  /** What it showed of a change before it; absent: nothing. */
  seen?: Seen | undefined
}

/** A run's or a verify's summary in `.lab/history/`. */
export interface HistoryEntry extends Omit<Report, 'tool' | 'labs' | 'leftovers'> {
  labs: { id: string; status: StepStatus; points: number | null; maxPoints: number; steps: StepEntry[] }[]
}

export function entryOf(report: Report): HistoryEntry {
  const seen = propagationOf(report)
  const { tool: _, leftovers: __, labs, ...head } = report
  return {
    ...head,
    labs: labs.map(({ id, status, points, maxPoints, steps }) => ({
      ...{ id, status, points, maxPoints },
      steps: steps.map(step => ({
        ...{ id: step.id, kind: step.kind, status: step.status, attempts: step.attempts },
        ...{ startedAt: step.startedAt, durationMs: step.durationMs, waitedMs: step.waitedMs },
        ...{ file: step.file, line: step.line },
        outcome: step.actual?.outcome ?? null,
        code: step.actual?.code ?? null,
        decision: step.actual?.denial?.decision ?? null,
        policyType: step.actual?.denial?.policyType ?? null,
        action: step.actual?.denial?.action ?? null,
        message: step.actual?.message ?? null,
        seen: seen.get(`${id}/${step.id}`),
      })),
    })),
  }
}
