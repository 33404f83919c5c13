import { DefinitionError, type Step } from '../../definition/index.ts'
import { stringAt } from '../../steps/answers.ts'
import type { PreparedStep, SessionLimits } from '../../steps/step-kind.ts'
import type { EngineOptions } from '../options.ts'
import type { PlannedLab } from '../plan.ts'
import { credentialsOf } from '../runs.ts'
import { Stage } from '../stage.ts'
import { type Reported, stepIn } from './past-reports.ts'

/** A run as it stood at its end, without its credentials: names, answers and who each identity was. */
export interface Restaged {
  stage: Stage
  /** Session policies and tags of each session, by the session's ARN. */
  sessions: ReadonlyMap<string, SessionLimits>
}

/** Members of answers that say whom the credentials in them act as. */
const actsAs = ['AssumedRoleUser', 'FederatedUser'] as const

/** @param reported the run and what came before it, oldest first: a lab taken over has its answers in the run that made it */
export async function restage(
  options: EngineOptions,
  planned: readonly PlannedLab[],
  reported: readonly Reported[],
  { run }: Reported,
): Promise<Restaged> {
  const { runId, isolated } = run.start
  const suffix = isolated ? `-${runId}` : ''
  const stage = new Stage({ ...options, runId, suffix, credentialsFile: credentialsOf(run.folder) })
  const sessions = new Map<string, SessionLimits>()
  for (const each of planned) {
    for (const step of each.lab.groups.flat()) {
      const output = outputOf(reported, each.lab.id, step.id)
      if (output !== null) stage.keepOutput(each.lab.id, step.id, output)
      if (step.identity === null) continue
      const prepared = preparedOrNull(stage, each, step)
      const context = stage.context(each, stage.actor(each, step))
      const named = actsAs.map(member => stringAt(output, member, 'Arn')).find(arn => arn !== null)
      const arn = named ?? (await prepared?.actsAs?.(context)) ?? null
      if (arn === null) continue
      stage.keepHollowIdentity(each.lab.id, step.identity, arn)
      if (prepared?.limits) sessions.set(arn, prepared.limits)
    }
  }
  return { stage, sessions }
}

const outputOf = (reported: readonly Reported[], lab: string, step: string): unknown =>
  reported
    .findLast(({ report }) => stepIn(report, lab, step)?.output != null)
    ?.report.labs.find(({ id }) => id === lab)
    ?.steps.find(({ id }) => id === step)?.output ?? null

/** A step whose fields need an answer that no run has. */
export function preparedOrNull(stage: Stage, planned: PlannedLab, step: Step): PreparedStep | null {
  try {
    return stage.prepare(planned, step).prepared
  } catch (error) {
    if (error instanceof DefinitionError) return null
    throw error
  }
}
