import { join } from 'node:path'
import type { Leftover } from '../../assertions/index.ts'
import { endpointsKey } from '../aws/endpoints.ts'
import type { Target } from '../aws/target.ts'
import { codeOfEnd, combine, type ExitCode, LabError, usageError } from '../lab-error.ts'
import type { EngineEvent } from './events.ts'
import type { RunStarted } from './journal.ts'
import { lockFolder } from './lock.ts'
import type { EngineOptions } from './options.ts'
import { rehearseUndo } from './rehearse-undo.ts'
import { removeStale } from './remove-stale.ts'
import { type HeldRuns, holdEnded } from './run-lock.ts'
import { type Change, type PastRun, pastRuns } from './runs.ts'
import { slots } from './slots.ts'
import { leftover, newestFirst } from './undo.ts'
import { undoChanges } from './undo-changes.ts'
import { undoContext } from './undo-context.ts'

export interface TeardownOptions extends Omit<EngineOptions, 'target'> {
  select: {
    /** null: all labs. Labs that need one of these are torn down before it. */
    labs: readonly string[] | null
    run: string | null
  }
  dryRun: boolean
  /** How many things are taken back at once. */
  parallel: number
  /** Which labs need which, to take dependents first. */
  dependents: (lab: string) => readonly string[]
  /** The target of a run: called once per account, region and endpoint. `others`: accounts of identities in which it left something. */
  open: (run: RunStarted, others: readonly string[]) => Promise<Target>
}

export interface TornDown {
  removed: number
  leftovers: Leftover[]
  exitCode: ExitCode
}

/** Everything that the folder's runs left and nothing has taken back. */
export const leftOf = (run: PastRun): Leftover[] => run.changes.flatMap(change => leftover(change) ?? [])

/** Takes back what this folder's runs left, newest first, whatever process made it. Exit 4 when something stays, 3 when a target is out of reach. */
export async function teardown(options: TeardownOptions): Promise<TornDown> {
  const release = await lockFolder(options.labFolder, options.emit, options.signal)
  try {
    if (!options.dryRun) await removeStale(options.labFolder, options.emit)
    return await underLock(options)
  } finally {
    await release()
  }
}

async function underLock(options: TeardownOptions): Promise<TornDown> {
  const { busy, held, release } = await holdEnded(await pastRuns(options.labFolder))
  try {
    // Read now that nobody writes to them. What is not held has begun meanwhile: it is under way.
    const runs = await pastRuns(options.labFolder)
    const begun = runs.filter(({ start }) => !held.has(start.runId) && !busy.has(start.runId))
    return await takeBack(options, runs, new Map([...busy, ...begun.map(({ start }) => [start.runId, null] as const)]))
  } finally {
    await release()
  }
}

async function takeBack(options: TeardownOptions, runs: readonly PastRun[], busy: HeldRuns['busy']): Promise<TornDown> {
  const { select, dependents, emit } = options
  if (select.run !== null && !runs.some(run => run.start.runId === select.run))
    throw usageError(`this folder has no run \`${select.run}\``, 'lab status lists the runs with something left')
  const wanted = select.labs && new Set(select.labs.flatMap(lab => [lab, ...dependents(lab)]))
  const chosen = (change: Change) =>
    (wanted === null || wanted.has(change.lab)) && (select.run === null || change.runId === select.run)
  const ended = newestFirst(runs, change => chosen(change) && !busy.has(change.runId))
  const groups = groupBy(ended, placeKey)
  const leftovers: Leftover[] = []
  const codes: ExitCode[] = []
  for (const [runId, pid] of busy) {
    const used = newestFirst(runs, change => chosen(change) && change.runId === runId)
    if (used.length === 0) continue
    const lock = join(options.labFolder, 'runs', runId, 'lock.json')
    emit({
      type: 'note',
      text: `run ${runId} is under way (process ${pid ?? 'unknown'}): what it made stays (if that process is no lab, delete ${lock})`,
    })
    leftovers.push(...used.flatMap(({ change }) => leftover(change) ?? []))
  }
  let removed = 0
  for (const group of groups.values()) {
    const start = group[0]?.run.start
    if (!start) continue
    try {
      const accounts = new Set(group.map(({ change }) => change.account ?? start.accountId))
      accounts.delete(start.accountId)
      const target = await options.open(start, [...accounts])
      if (target.place.account !== start.accountId)
        throw new LabError(
          5,
          'guard',
          `run ${start.runId} was in account ${start.accountId}, and these are credentials of ${target.place.account}`,
          'use the credentials of that account',
        )
      emit({ type: 'run', runId: null, target: target.name, accountId: start.accountId, region: start.region })
      if (options.dryRun) {
        leftovers.push(...(await rehearseUndo({ ...options, target }).undo(group)))
        target.close()
        continue
      }
      const contextOf = undoContext({ ...options, target })
      // What turned out to be somebody else's was not removed.
      const counted = (event: EngineEvent) => {
        if (event.type === 'undo' && event.result === 'gone') removed += 1
        emit(event)
      }
      const left = await undoChanges(group, {
        ...{ target, contextOf, emit: counted, signal: options.signal },
        ...{ dependents, slots: slots(options.parallel), notFoundFor: options.notFoundFor },
      })
      target.close()
      leftovers.push(...left)
    } catch (error) {
      if (!(error instanceof LabError)) throw error
      emit({ type: 'note', text: `${error.message}${error.hint ? ` (${error.hint})` : ''}` })
      codes.push(error.exitCode)
      leftovers.push(...group.flatMap(({ change }) => leftover(change) ?? []))
    }
  }
  if (leftovers.length > 0) codes.push(4)
  if (options.signal.aborted) codes.push(codeOfEnd(options.signal))
  return { removed, leftovers, exitCode: combine(codes) }
}

const placeKey = ({ run }: { run: PastRun }): string =>
  [
    ...[run.start.target, run.start.accountId, run.start.region],
    run.start.target === 'aws' ? endpointsKey(run.start) : '',
  ].join(' ')

/** As Map.groupBy, which Node 20 lacks. */
function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item])
  return groups
}
