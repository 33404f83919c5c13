import type { StepReport } from '../../assertions/index.ts'
import type { Step } from '../definition/index.ts'
import type { Emit } from './events.ts'
import type { Journal } from './journal.ts'
import type { PlannedLab } from './plan.ts'
import { skippedStep } from './report-step.ts'
import { runStep, type StepRun } from './run-step.ts'
import type { Slots } from './slots.ts'
import { kindOf, type Stage } from './stage.ts'
import { unanswered, undecided } from './unready.ts'

export interface LabRun {
  reports: StepReport[]
  /** true: a creating step failed, and the rest has nothing to stand on. */
  stopped: boolean
  /** true: the step of --until was run. */
  reachedUntil: boolean
}

export interface LabRunOptions {
  journal: Journal
  emit: Emit
  signal: AbortSignal
  failFast: boolean
  /** `step`, or `lab/step`. */
  until: string | null
  /** Of the steps of all labs of the run: the more of its lab is still to come, the more urgent. */
  slots: Slots
}

/** Runs a lab's groups in order, the steps of a group together. A failed probe does not stop it; a failed creating step does. */
export async function runLab(stage: Stage, planned: PlannedLab, options: LabRunOptions): Promise<LabRun> {
  const { journal, emit, signal, failFast, slots } = options
  const reports: StepReport[] = []
  let reason: string | null = null
  let forfeit = false
  let stopped = false
  let reachedUntil = false
  for (const [index, group] of planned.lab.groups.entries()) {
    if (signal.aborted) {
      reason ??= 'interrupted'
      stopped = true
    }
    if (reason !== null) {
      reports.push(...group.map(step => skipStep(stage, planned, step, emit, reason ?? '', forfeit)))
      continue
    }
    const earlier = (id: string) => reports.findLast(each => each.id === id)
    const settled = await Promise.allSettled(
      group.map(step =>
        slots(planned.lab.groups.length - index, () => runStep(stage, planned, step, journal, emit)).catch(
          (error): StepRun => {
            const report = undecided(stage, step, error) ?? unanswered(stage, step, error, earlier)
            emit({ type: 'step-done', lab: planned.lab.id, report, detail: report.hint })
            return { report, stops: kindOf(step).effect !== 'reads' && step.expectation.kind === 'allow' }
          },
        ),
      ),
    )
    // All of a group has ended before an error of ours ends the run: nothing may write to a journal that is closed.
    const runs = settled.map(each => {
      if (each.status === 'rejected') throw each.reason
      return each.value
    })
    reports.push(...runs.map(run => run.report))
    const stopper = runs.find(run => run.stops)
    if (stopper) {
      stopped = true
      forfeit = stopper.report.status === 'failed'
      // A call that the interrupt ended is no fault of the step's.
      reason = signal.aborted ? 'interrupted' : `\`${stopper.report.id}\` did not come to be`
    } else if (failFast && runs.some(run => run.report.status !== 'passed')) reason = 'stopped at the first failure'
    else if (group.some(step => isUntil(planned, step, options.until))) {
      reachedUntil = true
      reason = `after \`${options.until}\``
    }
  }
  return { reports, stopped, reachedUntil }
}

/** Is this the step of --until? */
export const isUntil = ({ lab, setUp }: PlannedLab, step: Step, until: string | null): boolean =>
  until !== null && (until === `${lab.id}/${step.id}` || (!setUp && until === step.id))

function skipStep(
  stage: Stage,
  { lab }: PlannedLab,
  step: Step,
  emit: Emit,
  reason: string,
  forfeit: boolean,
): StepReport {
  const row = skippedStep(stage, step, reason)
  // What could not come to be because an answer was wrong is wrong; what an outage prevented is not graded.
  const report = { ...row, points: forfeit ? 0 : null }
  emit({ type: 'step-done', lab: lab.id, report, detail: reason })
  return report
}
