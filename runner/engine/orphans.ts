import type { Leftover } from '../../assertions/index.ts'
import { accountOf } from '../aws/arns.ts'
import { codeOfEnd, combine, type ExitCode, environmentError } from '../lab-error.ts'
import { stepKinds } from '../steps/index.ts'
import type { Aws, StepKind, Swept } from '../steps/step-kind.ts'
import { SweepRefused } from '../steps/sweep.ts'
import { dryTarget } from './dry-target.ts'
import type { EngineOptions } from './options.ts'
import { isHeld } from './run-lock.ts'
import { pastRuns, thingKey } from './runs.ts'
import { takeOrphans } from './take-orphans.ts'
import { reasonOf } from './undo.ts'

export interface OrphanOptions extends EngineOptions {
  /** Only what is older, in milliseconds. */
  olderThan: number
  dryRun: boolean
  /** Shown what was found, oldest first; false: nothing is removed. */
  confirm: (found: readonly Orphan[]) => Promise<boolean>
}

/** A thing that carries our tags and that no journal of this folder has open. */
export interface Orphan extends Swept {
  kind: StepKind
  /** The account that it is in. */
  account: string
  runId: string
  lab: string
}

/** What depends on a thing goes before it: users and roles before the policies attached to them. */
const order = ['user', 'role', 'policy', 'repository']

export interface SweptOrphans {
  /** Accounts that were searched: the caller's, and those of the target's identities. */
  searched: string[]
  found: Orphan[]
  removed: number
  leftovers: Leftover[]
  /** 3: an account besides the caller's could not be searched. */
  exitCode: ExitCode
}

/**
 * Finds things in the accounts of the caller and of the target's identities that carry our tags and that no journal of this folder has open,
 * older than `olderThan`, and removes them after showing them. Ownership is proved by the tags alone, for no journal names unique ids.
 *
 * @throws LabError (environment) when the caller's own account cannot be searched
 */
export async function sweepOrphans(options: OrphanOptions): Promise<SweptOrphans> {
  const { target, emit, signal, dryRun } = options
  emit({ type: 'run', runId: null, target: target.name, accountId: target.place.account, region: target.place.region })
  const busy = await underWay(options.labFolder)
  const { searched, tagged, codes } = await findAll(options)
  const spoken = await spokenFor(options.labFolder)
  const found = tagged.filter(({ account, runId, resource, createdAt }) => {
    const age = Date.now() - (createdAt ?? 0)
    return age >= options.olderThan && !busy.has(runId) && !spoken(runId, thingKey(account, resource))
  })
  found.sort(
    (a, b) =>
      order.indexOf(a.resource.type) - order.indexOf(b.resource.type) || (a.createdAt ?? 0) - (b.createdAt ?? 0),
  )
  if (found.length === 0 || !(await options.confirm(found)))
    return { searched, found, removed: 0, leftovers: [], exitCode: combine(codes) }
  const leftovers: Leftover[] = []
  let removed = 0
  const acting = dryRun ? dryTarget(target, emit) : target
  await takeOrphans(found, { ...options, target: acting }, ({ orphan: { resource, runId, lab }, undone }) => {
    if (dryRun) return
    if (undone) {
      const note = undone.result === 'left' ? reasonOf(undone) : (undone.note ?? null)
      emit({ type: 'undo', runId, lab, resource, result: undone.result, note })
    }
    if (undone?.result === 'gone') removed += 1
    // Not reached: it is there yet.
    const { type, name, arn } = resource
    if (undone === null || undone.result === 'left') leftovers.push({ type, name, arn, runId })
  })
  if (leftovers.length > 0) codes.push(4)
  if (signal.aborted) codes.push(codeOfEnd(signal))
  return { searched, found, removed, leftovers, exitCode: combine(codes) }
}

async function findAll({ target, emit }: OrphanOptions) {
  const { caller, identities, place } = target
  const doors = new Map([[place.account, caller]])
  for (const aws of identities.values()) {
    const account = accountOf(aws.arn)
    if (account !== null && !doors.has(account)) doors.set(account, aws)
  }
  const searched: string[] = []
  const tagged: Orphan[] = []
  const codes: ExitCode[] = []
  for (const [account, aws] of doors) {
    try {
      tagged.push(...(await findIn(account, aws)))
      searched.push(account)
    } catch (error) {
      if (!(error instanceof SweepRefused)) throw error
      const text = `account ${account} cannot be searched for orphans: ${error.message}`
      if (aws === caller) throw environmentError(text, 'the caller needs to list and read tags')
      emit({ type: 'note', text })
      codes.push(3)
    }
  }
  return { searched, tagged, codes }
}

async function findIn(account: string, aws: Aws): Promise<Orphan[]> {
  const swept = await Promise.all(
    stepKinds.map(async kind => {
      const things = (await kind.sweep?.find(aws)) ?? []
      const from = ({ tags }: Swept) => ({ runId: tags['accesslab:run'] ?? '', lab: tags['accesslab:lab'] ?? '' })
      return things.map(thing => ({ ...thing, ...from(thing), kind, account }))
    }),
  )
  return swept.flat()
}

/** Ids of the runs of this folder that are under way, or being taken back. */
async function underWay(labFolder: string): Promise<Set<string>> {
  const runs = await pastRuns(labFolder)
  const held = await Promise.all(runs.map(isHeld))
  return new Set(runs.flatMap(({ start }, index) => (held[index] ? [start.runId] : [])))
}

/**
 * What the journals of this folder have open, so that `lab teardown` sees to it, and what belongs to a run that is under way. What a journal says
 * is gone is not among it: found all the same, it is an orphan. Asked after the account, for what a run makes is written down before it is made.
 */
async function spokenFor(labFolder: string): Promise<(runId: string, thing: string) => boolean> {
  const busy = await underWay(labFolder)
  const runs = await pastRuns(labFolder)
  const open = new Set(
    runs.flatMap(({ start, changes }) =>
      changes.flatMap(({ account, resource }) =>
        resource ? [`${start.runId} ${thingKey(account ?? start.accountId, resource)}`] : [],
      ),
    ),
  )
  return (runId, thing) => busy.has(runId) || open.has(`${runId} ${thing}`)
}
