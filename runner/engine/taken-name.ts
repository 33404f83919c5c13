import { stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Outcome } from '../../assertions/index.ts'
import { hasCode } from '../steps/answers.ts'
import type { PreparedStep, Resource, StepContext } from '../steps/step-kind.ts'
import { seen } from './lost-answer.ts'
import type { PlannedLab } from './plan.ts'
import { pastRuns } from './runs.ts'

/**
 * What a person does about a thing that could not be made because there is one of its name: which it is, whose as far as its tags tell, and
 * how this run and that one come past each other. null: that is not what happened.
 */
export async function takenName(
  planned: PlannedLab,
  prepared: PreparedStep,
  context: StepContext,
  outcome: Outcome,
): Promise<string | null> {
  const resource = prepared.resource(context.place)
  if (prepared.effect !== 'changes' || !resource || resource.part) return null
  if (!hasCode(outcome, 'EntityAlreadyExists', 'RepositoryAlreadyExists')) return null
  const found = await seen(prepared, context)
  const there = found && (found.state === 'present' || found.state === 'differs') ? found : null
  const made = there ? createdAt(there.output) : null
  const since = made === null ? '' : ` since ${made.slice(0, 16).replace('T', ' ')}`
  const run = there?.tags?.['accesslab:run']
  const key = Object.keys(planned.lab.names).find(each => planned.names[each] === resource.name)
  const aside =
    key === undefined
      ? 'give it a name under `names:` in the lab, so that `--isolate` and `--var` can change it'
      : `run with \`--isolate\`, or with \`--var names.${key}=NAME\``
  const what = `${resource.type} \`${resource.name}\` is there${since}`
  if (run === undefined) return `${what}, and no run of a lab made it, as far as can be read: ${aside}`
  const lab = there?.tags?.['accesslab:lab'] ?? 'unknown'
  const runs = dirname(dirname(context.credentialsFile))
  const here = await isFolder(join(runs, run))
  const away = !here
    ? '`lab teardown` in the folder of that run'
    : (await isOpen(dirname(runs), run, resource))
      ? `\`lab teardown --run ${run}\``
      : '`lab teardown --orphans`, for the journal of that run has it no longer'
  return `${what}: run \`${run}\` of lab \`${lab}\` made it${here ? '' : ', from another folder'}: ${aside}, or first ${away}`
}

/** Only what a journal has open is taken back with its run. */
async function isOpen(labFolder: string, runId: string, { type, name }: Resource): Promise<boolean> {
  const run = (await pastRuns(labFolder)).find(({ start }) => start.runId === runId)
  return run?.changes.some(({ resource }) => resource?.type === type && resource.name === name) ?? false
}

/** IAM's CreateDate, ECR's createdAt, of the one thing that an answer holds. */
function createdAt(output: unknown): string | null {
  const [thing] = Object.values((output ?? {}) as Record<string, unknown>)
  const { CreateDate, createdAt: created } = (thing ?? {}) as { CreateDate?: unknown; createdAt?: unknown }
  const date = CreateDate ?? created
  return date instanceof Date ? date.toISOString() : null
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    found => found.isDirectory(),
    () => false,
  )
