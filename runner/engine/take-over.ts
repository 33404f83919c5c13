import { adopt, comparable, lastWhole } from './earlier.ts'
import type { Journal } from './journal.ts'
import type { RunOptions } from './options.ts'
import type { PlannedLab } from './plan.ts'
import { reportStep } from './report-step.ts'
import { isUntil } from './run-lab.ts'
import { type Change, type PastRun, pastRuns } from './runs.ts'
import type { Slots } from './slots.ts'
import type { Stage } from './stage.ts'
import { newestFirst } from './undo.ts'
import { undoChanges } from './undo-changes.ts'
import { undoContext } from './undo-context.ts'

/** What earlier runs hold of a lab: adopted when it is only needed and still whole, else taken back, dependents first. */
export async function takeOver(options: RunOptions, stage: Stage, planned: PlannedLab, journal: Journal, slots: Slots) {
  const { emit } = options
  const { lab, setUp } = planned
  const earlier = await earlierRuns(options, stage)
  const whole = setUp ? lastWhole(earlier, lab.id) : null
  if (whole) {
    const taken = await slots(lab.groups.length, () => adopt(stage, planned, whole, journal, emit))
    if ('adopted' in taken) {
      const steps = taken.adopted.map(({ step, kind }) => ({ id: step.id, kind }))
      const run = () => {
        const reports = taken.adopted.map(({ step, kind, title }) => {
          emit({ type: 'step', lab: lab.id, step: step.id, kind, title, as: step.as })
          const report = reportStep(stage, {
            step,
            kind,
            title,
            status: 'passed',
            begun: performance.now(),
            attempts: 1,
          })
          emit({ type: 'step-done', lab: lab.id, report, detail: `there, from run ${whole.start.runId}` })
          return report
        })
        const reachedUntil = lab.groups.flat().some(step => isUntil(planned, step, options.until))
        return { reports, stopped: false, reachedUntil }
      }
      return { steps, run }
    }
    emit({ type: 'note', text: `${lab.id}: ${taken.broken}; it is made anew` })
  }
  await replace(options, earlier, lab.id, slots)
  return null
}

/** The runs before this one whose things it may meet. */
export const earlierRuns = async ({ labFolder, target }: RunOptions, stage: Stage): Promise<PastRun[]> =>
  comparable(await pastRuns(labFolder), target).filter(run => run.start.runId !== stage.options.runId)

/** What must go before a lab is made anew, newest first. */
export function toReplace({ dependents }: Pick<RunOptions, 'dependents'>, earlier: readonly PastRun[], lab: string) {
  const labs = [lab, ...dependents(lab)]
  return newestFirst(earlier, (change: Change) => labs.includes(change.lab))
}

async function replace(options: RunOptions, earlier: readonly PastRun[], lab: string, slots: Slots): Promise<void> {
  const { emit, target, signal, dependents, notFoundFor } = options
  const changes = toReplace(options, earlier, lab)
  if (changes.length === 0) return
  const labs = [...new Set(changes.map(({ change }) => change.lab))]
  emit({ type: 'note', text: `replacing what an earlier run left of ${labs.join(', ')}` })
  const left = await undoChanges(changes, {
    target,
    contextOf: undoContext(options),
    emit,
    signal,
    dependents,
    slots,
    notFoundFor,
  })
  if (left.length > 0)
    emit({ type: 'note', text: `could not take back: ${left.map(each => `${each.type} ${each.name}`).join(', ')}` })
}
