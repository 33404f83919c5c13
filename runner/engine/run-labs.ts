import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { LabReport, Leftover, Report } from '../../assertions/index.ts'
import { preload } from '../aws/clients.ts'
import { limited, unlimited } from '../aws/limits.ts'
import { codeOfEnd, combine, usageError } from '../lab-error.ts'
import { buildReport, codeOf } from './build-report.ts'
import { guardPlan } from './guard-changes.ts'
import { Journal, journalVersion } from './journal.ts'
import { journalGone } from './journal-gone.ts'
import { lockFolder } from './lock.ts'
import { nothingJudged } from './nothing-judged.ts'
import type { RunOptions } from './options.ts'
import { type PlannedLab, planLabs } from './plan.ts'
import { withStatements } from './recorded-statements.ts'
import { removeStale } from './remove-stale.ts'
import { runAll } from './run-all.ts'
import { holdRun } from './run-lock.ts'
import { credentialsOf, newRunFolder, numberAfter, type PastRun, pastRuns } from './runs.ts'
import { slots } from './slots.ts'
import { kindOf, Stage } from './stage.ts'
import { leftover, newestFirst } from './undo.ts'
import { undoChanges } from './undo-changes.ts'
import { undoContext } from './undo-context.ts'

/**
 * Runs labs, those together that nothing joins: what an earlier run of the folder made of a lab asked for is replaced, what it made of a lab only needed is adopted.
 * With `teardown` everything this run made is taken back. The report is also kept in the run's folder.
 *
 * @throws LabError, DefinitionError for what keeps it from starting; once steps run, everything is in the report
 */
export async function runLabs(options: RunOptions): Promise<Report> {
  const release = options.isolate
    ? async () => undefined
    : await lockFolder(options.labFolder, options.emit, options.signal)
  try {
    if (!options.isolate) await removeStale(options.labFolder, options.emit)
    return await underLock(options)
  } finally {
    await release()
  }
}

async function underLock(options: RunOptions): Promise<Report> {
  const { labFolder, asked, overrides } = options
  const startedAt = new Date()
  void preload(['ecr', 'iam'])
  const plan = (suffix: string) => planLabs(options.labs, { asked, overrides, suffix })
  checkUntil(options)
  guardPlan(options)
  // A journal that cannot be understood is found before there is anything new to look after.
  const number = numberAfter(await pastRuns(labFolder))
  if (options.confirm && !(await options.confirm(thingsMade(plan(''), options.players))))
    throw usageError('nothing was done: the question was answered with no')
  const { runId, folder } = await newRunFolder(labFolder)
  const release = await holdRun(folder)
  try {
    return await inFolder(options, { runId, folder, startedAt, number, plan })
  } finally {
    await release()
  }
}

interface Begun {
  runId: string
  folder: string
  startedAt: Date
  number: number
  plan: (suffix: string) => PlannedLab[]
}

async function inFolder(options: RunOptions, { runId, folder, startedAt, number, plan }: Begun): Promise<Report> {
  const { target, emit, signal, isolate } = options
  const suffix = isolate ? `-${runId}` : ''
  const planned = plan(suffix)
  const journal = Journal.open(join(folder, 'journal.jsonl'))
  const { account: accountId, region } = target.place
  await journal.write({
    event: 'run',
    v: journalVersion,
    runId,
    target: target.name,
    accountId,
    region,
    endpoint: target.endpoint,
    endpoints: target.endpoints,
    startedAt: startedAt.toISOString(),
    number,
    isolated: isolate,
    labs: planned.map(({ lab }) => lab.id),
    asked: options.asked,
  })
  emit({ type: 'run', runId, target: target.name, accountId, region })
  const stage = new Stage({ ...options, runId, suffix, credentialsFile: credentialsOf(folder) })
  let labs: LabReport[] = []
  let leftovers: Leftover[] = []
  try {
    labs = await limited({ signal }, () => runAll(options, stage, planned, journal))
  } finally {
    await journal.close()
    leftovers = await unlimited(() => afterwards(options, runId, folder))
  }
  const nothing = signal.aborted ? null : nothingJudged(target, planned, labs)
  if (nothing !== null) emit({ type: 'note', text: nothing })
  const exitCode = combine([
    codeOf(labs),
    ...(nothing === null ? [] : [3 as const]),
    ...(signal.aborted ? [codeOfEnd(signal)] : []),
    ...(leftovers.some(({ type }) => options.teardown || type === lostJournal) ? [4 as const] : []),
  ])
  const told = await withStatements(labs, options.recordsOf)
  const report = buildReport(options, { command: 'run', runId, startedAt, exitCode, labs: told, leftovers })
  const kept = await writeFile(join(folder, 'report.json'), `${JSON.stringify(report, null, 2)}\n`, {
    mode: 0o600,
  }).then(
    () => true,
    ({ code }: NodeJS.ErrnoException) => {
      emit({ type: 'note', text: `the report cannot be kept in ${folder}: ${code}` })
      return false
    },
  )
  if (!kept) report.exitCode = combine([exitCode, 3])
  emit({ type: 'report', report })
  return report
}

/** What stands among the leftovers for all that a run made of which the journal is gone. */
const lostJournal = 'journal of a run'

/** What a run leaves, after it was taken back where that is asked for. */
async function afterwards(options: RunOptions, runId: string, folder: string): Promise<Leftover[]> {
  const runs = await pastRuns(options.labFolder)
  const own = runs.find(run => run.start.runId === runId)
  if (own) return options.teardown ? takeBack(options, runs, own) : own.changes.flatMap(each => leftover(each) ?? [])
  const { message, hint } = journalGone(join(folder, 'journal.jsonl'))
  options.emit({ type: 'note', text: `${message}: ${hint}` })
  return [{ type: lostJournal, name: runId, arn: null, runId }]
}

function takeBack(options: RunOptions, runs: readonly PastRun[], own: PastRun): Promise<Leftover[]> {
  const { target, emit } = options
  const changes = newestFirst(runs, (_, run) => run === own)
  // An interrupt asks for the end of the run, not of its cleaning up: a second one ends the process.
  const signal = new AbortController().signal
  return undoChanges(changes, {
    ...{ target, contextOf: undoContext({ ...options, signal }), emit, signal },
    ...{ dependents: options.dependents, slots: slots(options.parallel) },
  })
}

/** How many things a run makes, parts of others not counted: for the one question. */
const thingsMade = (planned: readonly PlannedLab[], players: RunOptions['players']): number =>
  planned.reduce((sum, { lab }) => {
    const steps = () => lab.groups.flat().filter(step => kindOf(step).sweep !== undefined).length
    return sum + (players?.get(lab.id)?.things ?? steps())
  }, 0)

/** @throws LabError (usage) for a step of --until that there is not */
export function checkUntil({ until, labs, asked }: Pick<RunOptions, 'until' | 'labs' | 'asked'>): void {
  if (until === null) return
  // The id of a page is its path.
  const at = until.lastIndexOf('/')
  const [lab, step] = at < 0 ? [null, until] : [until.slice(0, at), until.slice(at + 1)]
  const steps = labs
    .filter(each => (lab === null ? asked.includes(each.id) : each.id === lab))
    .flatMap(each => each.groups.flat())
  if (!steps.some(each => each.id === step))
    throw usageError(
      `there is no step \`${until}\` to stop at`,
      `the steps are: ${steps.map(each => each.id).join(', ')}`,
    )
}
