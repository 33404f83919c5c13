import type { Outcome, Verdict } from '../../assertions/index.ts'
import type { Step, Timings } from '../definition/index.ts'
import type { Done, PreparedStep, StepContext } from '../steps/step-kind.ts'
import { type Settled, type Settling, settle } from './settle.ts'
import type { Stage } from './stage.ts'
import { timeOf } from './time-of-step.ts'

export interface AskedStep {
  step: Pick<Step, 'within' | 'stays'>
  prepared: PreparedStep
  context: StepContext
  judged: (outcome: Outcome) => Verdict
  /** true: nothing has just been changed, so equal answers are the answer, right or wrong. */
  steady?: boolean
  onAnswer?: Settling['onAnswer']
}

/** The step's own, or those of labs.yaml. */
export const timingsOf = (stage: Stage, { within, stays }: Pick<Step, 'within' | 'stays'>): Timings => {
  const { timings } = stage.options.catalogue
  return { within: within ?? timings.within, stays: stays ?? timings.stays }
}

/** Asks a step that changes nothing until its answer has settled, by the step's own timings or those of labs.yaml. */
export async function askStep(stage: Stage, asked: AskedStep): Promise<Settled & { done: Done }> {
  const { step, prepared, context, judged, steady = false, onAnswer } = asked
  const { within, stays } = timingsOf(stage, step)
  /** The answer that settles it need not be the last one. */
  const answers = new WeakMap<Outcome, Done>()
  const time = timeOf(prepared, { eventual: stage.target.eventual, within })
  const settled = await settle({
    ask: async () => {
      const done = await time.reading(() => prepared.run(context))
      answers.set(done.outcome, done)
      return done.outcome
    },
    judge: judged,
    eventual: stage.target.eventual,
    steady,
    within,
    // What gives credentials is used at once: it has nothing to hold.
    stays: steady || prepared.effect === 'session' ? 0 : stays,
    signal: stage.options.signal,
    ...(onAnswer ? { onAnswer } : {}),
  })
  return { ...settled, done: answers.get(settled.outcome) ?? { outcome: settled.outcome } }
}
