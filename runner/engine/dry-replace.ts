import type { Step } from '../definition/index.ts'
import type { Done } from '../steps/step-kind.ts'
import { adoptBy, comparable, type Hands, lastWhole } from './earlier.ts'
import type { RunOptions } from './options.ts'
import type { PlannedLab } from './plan.ts'
import { rehearseUndo } from './rehearse-undo.ts'
import { type Change, pastRuns } from './runs.ts'
import { Stage } from './stage.ts'
import { toReplace } from './take-over.ts'

interface Telling {
  /** Of the dry run. */
  stage: Stage
  /** Tells what a step would send. */
  tell(planned: PlannedLab, step: Step): Promise<Done>
}

/**
 * What a run does with what earlier runs hold of its labs, told and not done: one that is only needed and still whole is taken over, the
 * others are taken back, dependents first. The account is only read.
 *
 * @returns asked for each lab in its turn: true when it would be taken over, so that its steps are not sent
 */
export async function dryReplace(
  options: RunOptions,
  { stage, tell }: Telling,
): Promise<(planned: PlannedLab) => Promise<boolean>> {
  const { emit, labFolder, target, isolate } = options
  const earlier = isolate ? [] : comparable(await pastRuns(labFolder), target)
  const rehearsal = rehearseUndo(options)
  const looking = new Stage({ ...stage.options, target: rehearsal.target })
  const takenBack = new Set<Change>()
  const hands: Hands = {
    taken: 'would be taken over',
    look: context => ({ ...context, admin: looking.ownerOf(context.place.account) ?? context.admin }),
    hear: async (planned, step) => {
      await tell(planned, step)
    },
    again: ({ planned, step }) => tell(planned, step),
  }
  return async planned => {
    const { lab, setUp } = planned
    const left = earlier.map(run => ({ ...run, changes: run.changes.filter(change => !takenBack.has(change)) }))
    const whole = setUp ? lastWhole(left, lab.id) : null
    const taken = whole && (await adoptBy(hands, stage, planned, whole, emit))
    if (taken && 'adopted' in taken) return true
    if (taken) emit({ type: 'note', text: `${lab.id}: ${taken.broken}; it would be made anew` })
    const changes = toReplace(options, left, lab.id)
    if (changes.length === 0) return false
    const labs = [...new Set(changes.map(({ change }) => change.lab))]
    emit({ type: 'note', text: `would replace what an earlier run left of ${labs.join(', ')}` })
    await rehearsal.undo(changes)
    for (const { change } of changes) takenBack.add(change)
    return false
  }
}
