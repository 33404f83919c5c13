import type { Leftover } from '../../assertions/index.ts'
import { combine, type ExitCode, environmentError } from '../lab-error.ts'
import { stepKinds } from '../steps/index.ts'
import type { StepKind, Swept } from '../steps/step-kind.ts'
import { SweepRefused } from '../steps/sweep.ts'
import { dryTarget } from './dry-target.ts'
import type { EngineOptions } from './options.ts'
import { pastRuns } from './runs.ts'
import { Stage } from './stage.ts'

export interface OrphanOptions extends EngineOptions {
  /** Only what is older, in milliseconds. */
  olderThan: number
  dryRun: boolean
  /** Shown what was found, oldest first; false: nothing is removed. */
  confirm: (found: readonly Orphan[]) => Promise<boolean>
}

/** A thing that carries our tags and that no journal of this folder speaks of. */
export interface Orphan extends Swept {
  kind: StepKind
  runId: string
  lab: string
}

/** What depends on a thing goes before it: users and roles before the policies attached to them. */
const order = ['user', 'role', 'policy', 'repository']

/**
 * Finds things in the account that carry our tags and that no journal of this folder knows, older than `olderThan`, and removes them after
 * showing them. Ownership is proved by the tags alone, for no journal names unique ids.
 */
export async function sweepOrphans(
  options: OrphanOptions,
): Promise<{ found: Orphan[]; removed: number; leftovers: Leftover[]; exitCode: ExitCode }> {
  const { target, emit, signal } = options
  emit({ type: 'run', runId: null, target: target.name, accountId: target.place.account, region: target.place.region })
  const tagged = await findAll(options)
  // The journals are read after the account: what a run under way makes is written down before it is made.
  const runs = new Map((await pastRuns(options.labFolder)).map(run => [run.start.runId, run.intended]))
  const found = tagged.filter(({ runId, resource, createdAt }) => {
    const age = Date.now() - (createdAt ?? 0)
    return !runs.get(runId)?.has(`${resource.type} ${resource.name}`) && age >= options.olderThan
  })
  found.sort(
    (a, b) =>
      order.indexOf(a.resource.type) - order.indexOf(b.resource.type) || (a.createdAt ?? 0) - (b.createdAt ?? 0),
  )
  if (found.length === 0 || !(await options.confirm(found))) return { found, removed: 0, leftovers: [], exitCode: 0 }
  const leftovers: Leftover[] = []
  let removed = 0
  const acting = options.dryRun ? dryTarget(target, emit) : target
  for (const orphan of found) {
    const { resource, runId, lab } = orphan
    const stays = { type: resource.type, name: resource.name, arn: resource.arn, runId }
    if (signal.aborted) {
      // Not reached: it is there yet.
      if (!options.dryRun) leftovers.push(stays)
      continue
    }
    const stage = new Stage({ ...options, target: acting, runId, suffix: '', credentialsFile: '' })
    const undone = await orphan.kind.prepare(orphan.fields).undo?.(stage.accountContext(lab), {
      runId,
      resource,
      before: null,
      remember: null,
    })
    if (options.dryRun) continue
    const result = undone?.result ?? 'left'
    const note = undone?.result === 'left' ? (undone.note ?? describe(undone.outcome)) : (undone?.note ?? null)
    emit({ type: 'undo', runId, lab, resource, result, note })
    if (result === 'gone') removed += 1
    if (result === 'left') leftovers.push(stays)
  }
  const exitCode = combine([...(leftovers.length > 0 ? [4 as const] : []), ...(signal.aborted ? [130 as const] : [])])
  return { found, removed, leftovers, exitCode }
}

async function findAll({ target }: OrphanOptions): Promise<Orphan[]> {
  try {
    const swept = await Promise.all(
      stepKinds.map(async kind => {
        const things = (await kind.sweep?.find(target.caller)) ?? []
        return things.map(thing => ({
          ...thing,
          kind,
          runId: thing.tags['accesslab:run'] ?? '',
          lab: thing.tags['accesslab:lab'] ?? '',
        }))
      }),
    )
    return swept.flat()
  } catch (error) {
    if (!(error instanceof SweepRefused)) throw error
    throw environmentError(
      `the account cannot be searched for orphans: ${error.message}`,
      'the caller needs to list and read tags',
    )
  }
}

const describe = (outcome: { outcome: string; code?: string; message?: string }): string =>
  outcome.outcome === 'allowed' ? 'it is still there after it was deleted' : `${outcome.code}: ${outcome.message}`
