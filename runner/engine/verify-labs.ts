import { randomBytes } from 'node:crypto'
import type { LabReport, Report, StepReport } from '../../assertions/index.ts'
import { preload } from '../aws/clients.ts'
import { limited } from '../aws/limits.ts'
import { DefinitionError, type Step } from '../definition/index.ts'
import { codeOfEnd, combine, LabError } from '../lab-error.ts'
import { buildReport, codeOf } from './build-report.ts'
import { comparable } from './earlier.ts'
import type { Emit } from './events.ts'
import { inDependence } from './in-dependence.ts'
import { inTurn } from './in-turn.ts'
import { missingIdentity } from './missing-identity.ts'
import { nothingJudged } from './nothing-judged.ts'
import type { VerifyOptions } from './options.ts'
import { whoWaits } from './order-of-labs.ts'
import { overriddenBy } from './overriders.ts'
import { type PlannedLab, planLabs } from './plan.ts'
import { withStatements } from './recorded-statements.ts'
import { skippedStep } from './report-step.ts'
import { credentialsOf, pastRuns } from './runs.ts'
import { type Slots, slots } from './slots.ts'
import { Stage } from './stage.ts'
import { Unfounded } from './unfounded.ts'
import { undecided } from './unready.ts'
import { earnedBy, makes, type Trace, traceOf, traceOfMade } from './untouched.ts'
import { verifiedLab } from './verified-status.ts'
import { verifyStep } from './verify-step.ts'

/**
 * Checks outcomes and state of labs in the account as it is now. Sends reads and AssumeRole only. Labs that are only needed are read for what
 * the others stand on, and not graded.
 */
export async function verifyLabs(options: VerifyOptions): Promise<Report> {
  const { target, emit, signal, asked, overrides, labFolder } = options
  const startedAt = new Date()
  void preload(['ecr', 'iam'])
  const planned = planLabs(options.labs, { asked, overrides, suffix: '' })
  const others = planLabs(options.all, { asked, overrides, suffix: '' })
  const runId = randomBytes(3).toString('hex')
  const earlier = comparable(await pastRuns(labFolder), target)
  const profiles = earlier.findLast(run => run.changes.some(change => change.resource?.type === 'profile'))
  const stage = new Stage({
    ...options,
    runId,
    suffix: '',
    credentialsFile: credentialsOf(profiles?.folder ?? labFolder),
  })
  emit({ type: 'run', runId: null, target: target.name, accountId: target.place.account, region: target.place.region })
  const verified: (LabReport | undefined)[] = []
  const seen: Seen = { failed: new Set(), unjudged: new Set(), traces: new Map() }
  const room = slots(options.parallel)
  const turns = inTurn(emit)
  const waitsFor = whoWaits(planned, overridden(planned, others))
  const verifyOne = async (position: number) => {
    const each = planned[position]
    try {
      if (!each || signal.aborted) return
      verified[position] = await verifyLab(stage, each, {
        others,
        emit: turns.emitOf(position),
        signal,
        slots: room,
        seen,
      })
    } finally {
      turns.ended(position)
    }
  }
  await limited({ signal }, () => inDependence(waitsFor, verifyOne))
  const labs = verified.filter(each => each !== undefined)
  const nothing = signal.aborted ? null : nothingJudged(target, planned, labs)
  if (nothing !== null) emit({ type: 'note', text: nothing })
  const exitCode = combine([
    codeOf(labs),
    ...(nothing === null ? [] : [3 as const]),
    ...(signal.aborted ? [codeOfEnd(signal)] : []),
  ])
  const told = await withStatements(labs, options.recordsOf)
  const report = buildReport(options, { command: 'verify', runId, startedAt, exitCode, labs: told, leftovers: [] })
  emit({ type: 'report', report })
  return report
}

/**
 * Nothing is changed: a lab waits for the answers of those that it needs. But whether a later step overrides one of its own may be told by the
 * answers of all that the later one stands on.
 */
function overridden(planned: readonly PlannedLab[], others: readonly PlannedLab[]) {
  const overrides = others.map(({ lab, needed }) => ({
    of: new Set(
      lab.groups.flat().flatMap(({ supersedes }) => supersedes.map(name => name.slice(0, name.lastIndexOf('/')))),
    ),
    standsOn: new Set(needed.map(({ id }) => id)),
  }))
  const idAt = (position: number): string => planned[position]?.lab.id ?? ''
  return (position: number, before: number): boolean => {
    const [later, earlier] = [idAt(position), idAt(before)]
    return overrides.some(
      ({ of, standsOn }) => (of.has(later) && standsOn.has(earlier)) || (of.has(earlier) && standsOn.has(later)),
    )
  }
}

/** Labs in which something was found wrong, or could not be judged. */
interface Seen {
  failed: Set<string>
  unjudged: Set<string>
  /** What is there of each lab. */
  traces: Map<string, Trace>
}

interface Verifying {
  others: readonly PlannedLab[]
  emit: Emit
  signal: AbortSignal
  slots: Slots
  seen: Seen
}

async function verifyLab(stage: Stage, planned: PlannedLab, { others, emit, signal, slots, seen }: Verifying) {
  const { lab, setUp } = planned
  // Of a lab that is only needed, what others stand on is read; its probes are its own affair.
  const steps = lab.groups.flat().filter(step => !setUp || !step.probes)
  const missing = missingIdentity(stage.target, planned)
  emit({ type: 'lab', id: lab.id, title: lab.title, setUp, steps: steps.map(({ id, kind }) => ({ id, kind })) })
  const reports: StepReport[] = []
  const traces = planned.needed.map(need => seen.traces.get(need.id) ?? null)
  let failed = planned.needed.some(need => seen.failed.has(need.id))
  // What follows from an outage is not told apart from what follows from a fault: then nothing of it is held against anybody.
  let unjudged = planned.needed.some(need => seen.unjudged.has(need.id))
  for (const step of steps) {
    if (signal.aborted) break
    if (missing) {
      const report = skippedStep(stage, step, missing)
      emit({ type: 'step-done', lab: lab.id, report, detail: missing })
      reports.push(report)
      continue
    }
    const verify = async () => {
      return verifyStep(stage, planned, step, await overriddenBy(stage, planned, step, others))
    }
    const report = await slots(steps.length - reports.length, verify).catch(error =>
      unfounded(stage, step, error, failed && !unjudged),
    )
    failed ||= report.status === 'failed'
    unjudged ||= report.status === 'error' || report.status === 'blocked'
    emit({ type: 'step', lab: lab.id, step: step.id, kind: report.kind, title: report.title, as: step.as })
    emit({ type: 'step-done', lab: lab.id, report, detail: report.status === 'skipped' ? report.hint : null })
    reports.push(report)
    if (makes(step)) traces.push(traceOfMade(report))
  }
  seen.traces.set(lab.id, traceOf(traces))
  if (failed) seen.failed.add(lab.id)
  if (unjudged) seen.unjudged.add(lab.id)
  const earned = earnedBy(traceOf(traces), reports)
  const taken = earned.find((step, index) => step !== reports[index])
  if (taken) emit({ type: 'note', text: `${lab.id}/${taken.id}: ${taken.hint}` })
  const report = verifiedLab(planned, earned)
  emit({ type: 'lab-done', report })
  return report
}

/**
 * A step that has nothing to stand on is not judged by itself. Where what it stands on was judged and found wrong, it earns nothing; where
 * that could not be judged, neither can it.
 */
function unfounded(stage: Stage, step: Step, error: unknown, failed: boolean): StepReport {
  const row = undecided(stage, step, error)
  if (row) return row
  const nobody = error instanceof LabError && error.code === 'identity'
  if (!(nobody || error instanceof Unfounded || error instanceof DefinitionError)) throw error
  const reason = failed ? 'what it stands on is not there' : error.message
  return { ...skippedStep(stage, step, reason), points: failed ? 0 : null }
}
