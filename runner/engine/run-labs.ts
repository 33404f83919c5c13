import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { LabReport, Leftover, Report } from '../../assertions/index.ts'
import { preload } from '../aws/clients.ts'
import { combine, usageError } from '../lab-error.ts'
import { buildReport, codeOf, reportLab } from './build-report.ts'
import { adopt, comparable, lastWhole } from './earlier.ts'
import { Journal, journalVersion } from './journal.ts'
import { lockFolder } from './lock.ts'
import { missingIdentity } from './missing-identity.ts'
import type { RunOptions } from './options.ts'
import { type PlannedLab, planLabs } from './plan.ts'
import { withStatements } from './recorded-statements.ts'
import { removeStale } from './remove-stale.ts'
import { reportStep, skippedStep } from './report-step.ts'
import { isUntil, runLab } from './run-lab.ts'
import { holdRun } from './run-lock.ts'
import { credentialsOf, newRunFolder, type PastRun, pastRuns } from './runs.ts'
import { kindOf, Stage } from './stage.ts'
import { leftover, newestFirst, undoChanges } from './undo.ts'
import { undoContext } from './undo-context.ts'

/**
 * Runs labs in order: what an earlier run of the folder made of a lab asked for is replaced, what it made of a lab only needed is adopted.
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
  // A journal that cannot be understood is found before there is anything new to look after.
  await pastRuns(labFolder)
  if (options.confirm && !(await options.confirm(thingsMade(plan(''), options.players))))
    throw usageError('nothing was done: the question was answered with no')
  const { runId, folder } = await newRunFolder(labFolder)
  const release = await holdRun(folder)
  try {
    return await inFolder(options, { runId, folder, startedAt, plan })
  } finally {
    await release()
  }
}

interface Begun {
  runId: string
  folder: string
  startedAt: Date
  plan: (suffix: string) => PlannedLab[]
}

async function inFolder(options: RunOptions, { runId, folder, startedAt, plan }: Begun): Promise<Report> {
  const { target, labFolder, emit, signal, isolate } = options
  const suffix = isolate ? `-${runId}` : ''
  const planned = plan(suffix)
  const journal = Journal.open(join(folder, 'journal.jsonl'))
  const { account: accountId, region } = target.place
  journal.write({
    event: 'run',
    v: journalVersion,
    runId,
    target: target.name,
    accountId,
    region,
    endpoint: target.endpoint,
    startedAt: startedAt.toISOString(),
    isolated: isolate,
  })
  emit({ type: 'run', runId, target: target.name, accountId, region })
  const stage = new Stage({ ...options, runId, suffix, credentialsFile: credentialsOf(folder) })
  const labs: LabReport[] = []
  let leftovers: Leftover[] = []
  try {
    await runAll(options, stage, planned, journal, labs)
  } finally {
    journal.close()
    leftovers = options.teardown ? await takeBack(options, runId) : await leftBy(labFolder, runId)
  }
  const exitCode = combine([
    codeOf(labs),
    ...(signal.aborted ? [130 as const] : []),
    ...(options.teardown && leftovers.length > 0 ? [4 as const] : []),
  ])
  const told = await withStatements(labs, options.recordsOf)
  const report = buildReport(options, { command: 'run', runId, startedAt, exitCode, labs: told, leftovers })
  await writeFile(join(folder, 'report.json'), `${JSON.stringify(report, null, 2)}\n`, { mode: 0o600 })
  emit({ type: 'report', report })
  return report
}

async function runAll(options: RunOptions, stage: Stage, planned: PlannedLab[], journal: Journal, labs: LabReport[]) {
  const { emit, signal, failFast, until, target } = options
  const broken = new Set<string>()
  let stop = false
  for (const each of planned) {
    const { lab, setUp } = each
    const steps = lab.groups.flat().map(({ id, kind }) => ({ id, kind }))
    const missing = missingIdentity(target, each)
    if (missing || stop || signal.aborted || each.needed.some(need => broken.has(need.id))) {
      const other = missing ?? 'a lab it needs did not get ready'
      const reason = signal.aborted ? 'interrupted' : stop ? 'not reached' : other
      emit({ type: 'lab', id: lab.id, title: lab.title, setUp, steps })
      labs.push(
        reportLab(
          each,
          lab.groups.flat().map(step => skippedStep(stage, step, reason)),
        ),
      )
      broken.add(lab.id)
    } else {
      const adopted = options.isolate ? null : await takeOver(options, stage, each, journal)
      emit({ type: 'lab', id: lab.id, title: lab.title, setUp, steps: adopted?.steps ?? steps })
      const play = options.players?.get(lab.id)?.play ?? runLab
      const run = adopted?.run() ?? (await play(stage, each, { ...options, journal }))
      labs.push(reportLab(each, run.reports))
      if (run.stopped) broken.add(lab.id)
      // A lab that was left half-way is not whole: nobody may take it over.
      else if (!adopted && !run.reports.some(report => report.status === 'skipped'))
        journal.write({ event: 'lab-done', lab: lab.id })
      if (run.reachedUntil && until !== null) stop = true
      if (failFast && run.reports.some(report => report.status !== 'passed' && report.status !== 'skipped')) stop = true
    }
    const report = labs.at(-1)
    if (report) emit({ type: 'lab-done', report })
  }
}

/** What earlier runs hold of a lab: adopted when it is only needed and still whole, else taken back, dependents first. */
async function takeOver(options: RunOptions, stage: Stage, planned: PlannedLab, journal: Journal) {
  const { emit, labFolder, target } = options
  const { lab, setUp } = planned
  const earlier = comparable(await pastRuns(labFolder), target).filter(run => run.start.runId !== stage.options.runId)
  const whole = setUp ? lastWhole(earlier, lab.id) : null
  if (whole) {
    const taken = await adopt(stage, planned, whole, journal, emit)
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
  await replace(options, earlier, lab.id)
  return null
}

async function replace(options: RunOptions, earlier: readonly PastRun[], lab: string): Promise<void> {
  const { emit, target, signal } = options
  const dependents = options.dependents(lab)
  const changes = newestFirst(earlier, change => change.lab === lab || dependents.includes(change.lab))
  if (changes.length === 0) return
  const labs = [...new Set(changes.map(({ change }) => change.lab))]
  emit({ type: 'note', text: `replacing what an earlier run left of ${labs.join(', ')}` })
  const left = await undoChanges(changes, { target, contextOf: undoContext(options), emit, signal })
  if (left.length > 0)
    emit({ type: 'note', text: `could not take back: ${left.map(each => `${each.type} ${each.name}`).join(', ')}` })
}

async function takeBack(options: RunOptions, runId: string): Promise<Leftover[]> {
  const { target, emit, labFolder } = options
  const runs = await pastRuns(labFolder)
  const changes = newestFirst(runs, (_, run) => run.start.runId === runId)
  if (changes.length === 0) return []
  // An interrupt asks for the end of the run, not of its cleaning up: a second one ends the process.
  const signal = new AbortController().signal
  return undoChanges(changes, { target, contextOf: undoContext({ ...options, signal }), emit, signal })
}

async function leftBy(labFolder: string, runId: string): Promise<Leftover[]> {
  const runs = await pastRuns(labFolder)
  return runs.filter(run => run.start.runId === runId).flatMap(run => run.changes.flatMap(each => leftover(each) ?? []))
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
