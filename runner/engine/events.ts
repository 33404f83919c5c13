import type { LabReport, Report, StepReport } from '../../assertions/index.ts'
import type { Resource, Undone } from '../steps/step-kind.ts'

/** What the engine tells whoever shows it, as it happens. Nothing in here is a secret. */
export type EngineEvent =
  | { type: 'run'; runId: string | null; target: 'sandbox' | 'aws'; accountId: string; region: string }
  /** One sentence the person should know: a replacement, an adoption, a thing that is waited for. */
  | { type: 'note'; text: string }
  | { type: 'lab'; id: string; title: string; setUp: boolean; steps: { id: string; kind: string }[] }
  | { type: 'step'; lab: string; step: string; kind: string; title: string; as: string | null }
  /** Still polling: `attempts` answers so far, the last one in short words. */
  | {
      type: 'waiting'
      lab: string
      step: string
      attempts: number
      elapsedMs: number
      last: string
      /** What is waited for, in short words. */
      wanted?: string
      /** true: it has come, and must stay. */
      holds?: boolean
    }
  | { type: 'step-done'; lab: string; report: StepReport; detail: string | null; actual?: string }
  | { type: 'lab-done'; report: LabReport }
  /** Labs that are under way beside the one whose events come now; theirs come when it has ended. */
  | { type: 'beside'; labs: readonly string[] }
  | { type: 'undo'; runId: string; lab: string; resource: Resource; result: Undone['result']; note: string | null }
  /** A dry run: this call is kept back. `takesBack`: the step of an earlier run whose doing it takes back. */
  | {
      type: 'would-send'
      operation: string
      input: Record<string, unknown>
      as: string
      takesBack?: { runId: string; lab: string; step: string }
    }
  | { type: 'report'; report: Report }

export type Emit = (event: EngineEvent) => void
