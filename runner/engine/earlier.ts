import { judge, type Outcome } from '../../assertions/index.ts'
import { endpointsKey } from '../aws/endpoints.ts'
import type { Target } from '../aws/target.ts'
import type { Step } from '../definition/index.ts'
import type { Done, PreparedStep, StepContext, Verification } from '../steps/step-kind.ts'
import { askStep } from './ask-step.ts'
import type { Emit } from './events.ts'
import type { Journal } from './journal.ts'
import type { PlannedLab } from './plan.ts'
import type { Change, PastRun } from './runs.ts'
import { sendChange } from './send-change.ts'
import type { Stage } from './stage.ts'

/**
 * Runs in the same account and region of the same target, not isolated ones: what they made may be replaced or adopted. An account of AWS and one
 * of that number at another endpoint are two; the sandbox has another port each time.
 */
export const comparable = (runs: readonly PastRun[], target: Target): PastRun[] =>
  runs.filter(
    ({ start }) =>
      start.target === target.name &&
      start.accountId === target.place.account &&
      start.region === target.place.region &&
      (start.target === 'sandbox' || endpointsKey(start) === endpointsKey(target)) &&
      !start.isolated,
  )

/** The newest run in which a lab was run to its end and of which something is still there. */
export const lastWhole = (runs: readonly PastRun[], lab: string): PastRun | null =>
  [...runs].reverse().find(run => run.labsDone.has(lab) && run.changes.some(change => change.lab === lab)) ?? null

/** What proves that a thing of this name is the one a journal speaks of. */
function ours(found: Verification, change: Change): boolean {
  if (found.state !== 'present') return false
  const known = change.remember?.uniqueId
  if (typeof known === 'string' && found.uniqueId && found.uniqueId !== known) return false
  const tag = found.tags?.['accesslab:run']
  if (tag !== undefined) return tag === change.runId
  // A thing that bears tags, and not ours, is proved by its unique id alone; a part of another thing has neither.
  return found.tags === undefined || (typeof known === 'string' && found.uniqueId === known)
}

/** How an adoption acts: a real one, or one that only tells. */
export interface Hands {
  taken: string
  /** In which context it is looked what is there. */
  look(context: StepContext): StepContext
  /** Asks a read once, for the answers that labs above may use. */
  hear(planned: PlannedLab, step: Step, prepared: PreparedStep): Promise<void>
  /** Makes a session, or a thing of the run's own, again. */
  again(repeated: Again): Promise<Done>
}

export interface Adopted {
  step: Step
  kind: string
  title: string
}

/**
 * Adopts a needed lab from an earlier run: each of its creating steps is verified against the journal and the tags, its sessions are made
 * again, profiles written to this run's own file. Its reads are asked for the answers that labs above may use, and not judged again.
 *
 * @returns the steps adopted, or what does not hold any more
 */
export const adopt = (stage: Stage, planned: PlannedLab, earlier: PastRun, journal: Journal, emit: Emit) =>
  adoptBy(handsOf(stage, journal), stage, planned, earlier, emit)

/** The same, by hands that may only tell what they would do. */
export async function adoptBy(
  hands: Hands,
  stage: Stage,
  planned: PlannedLab,
  earlier: PastRun,
  emit: Emit,
): Promise<{ adopted: Adopted[] } | { broken: string }> {
  const adopted: Adopted[] = []
  const { lab } = planned
  emit({ type: 'note', text: `${lab.id}: ${hands.taken} from run ${earlier.start.runId}` })
  for (const step of lab.groups.flat()) {
    if (step.probes && step.expectation.kind !== 'allow') continue
    const { kind, prepared, fields } = stage.prepare(planned, step)
    if (prepared.effect === 'reads') {
      await hands.hear(planned, step, prepared)
      continue
    }
    const actor = stage.actor(planned, step)
    if (!actor) return { broken: `\`${step.id}\`: the identity \`${step.as}\` is not there` }
    const context = stage.context(planned, actor)
    if (prepared.effect === 'session' || prepared.ofTheRun) {
      const done = await hands.again({ planned, step, prepared, fields, context })
      if (done.outcome.outcome !== 'allowed') return { broken: `\`${step.id}\`: ${done.outcome.code}` }
      if (done.identity && step.identity) stage.keepIdentity(lab.id, step.identity, done.identity)
      stage.keepOutput(lab.id, step.id, done.outcome.output)
    } else if (prepared.effect === 'changes') {
      const change = earlier.changes.find(each => each.lab === lab.id && each.step === step.id)
      if (!change) return { broken: `\`${step.id}\` is not in the journal of run ${earlier.start.runId}` }
      if (!prepared.verify) continue
      const found = await prepared.verify(hands.look(context))
      if (!ours(found, change)) return { broken: `\`${step.id}\`: ${wordsFor(found)}` }
      if (found.state === 'present') stage.keepOutput(lab.id, step.id, found.output)
    }
    adopted.push({ step, kind: kind.kind, title: prepared.title })
  }
  return { adopted }
}

const handsOf = (stage: Stage, journal: Journal): Hands => ({
  taken: 'taken over',
  look: context => context,
  hear: (planned, step, prepared) => hear(stage, planned, step, prepared),
  again: repeated => again(stage, repeated, journal),
})

/** Asks a read once; a refusal is no news of what the lab made: a lab above may have brought it about. */
async function hear(stage: Stage, planned: PlannedLab, step: Step, prepared: PreparedStep): Promise<void> {
  const actor = stage.actor(planned, step)
  const done = actor && (await prepared.run(stage.context(planned, actor)))
  if (done?.outcome.outcome === 'allowed') stage.keepOutput(planned.lab.id, step.id, done.outcome.output)
}

function wordsFor(found: Verification): string {
  if (found.state === 'differs') return `it was changed since (${found.differences.map(each => each.field).join(', ')})`
  if (found.state === 'absent') return 'it is gone'
  if (found.state === 'unread')
    return `it cannot be read (${found.outcome.outcome === 'allowed' ? '' : found.outcome.code})`
  return 'there is another one of its name'
}

export interface Again {
  planned: PlannedLab
  step: Step
  prepared: PreparedStep
  fields: unknown
  context: StepContext
}

/** Makes a session, or a thing of the run's own, again. */
async function again(stage: Stage, repeated: Again, journal: Journal): Promise<Done> {
  const { timings } = stage.options.catalogue
  const { prepared, context, step } = repeated
  const within = step.within ?? timings.within
  const judged = (outcome: Outcome) =>
    judge({ kind: 'allow', output: undefined }, outcome, { actions: [], principal: null })
  if (prepared.effect !== 'session')
    return (
      await sendChange({ ...repeated, journal, judged, within, stays: 0, eventual: false, waiting: () => undefined })
    ).done
  return (await askStep(stage, { step, prepared, context, judged })).done
}
