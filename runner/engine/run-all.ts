import type { LabReport } from '../../assertions/index.ts'
import { reportLab } from './build-report.ts'
import { inDependence } from './in-dependence.ts'
import { inTurn } from './in-turn.ts'
import type { Journal } from './journal.ts'
import { missingIdentity } from './missing-identity.ts'
import type { RunOptions } from './options.ts'
import { orderOfLabs } from './order-of-labs.ts'
import type { PlannedLab } from './plan.ts'
import { skippedStep } from './report-step.ts'
import { runLab } from './run-lab.ts'
import { type Slots, slots } from './slots.ts'
import type { Stage } from './stage.ts'
import { takeOver } from './take-over.ts'

/**
 * Runs the labs, each after those it needs and those before it that touch what it touches, the others at the same time. What happens is told
 * lab by lab, in their order.
 */
export async function runAll(
  options: RunOptions,
  stage: Stage,
  planned: readonly PlannedLab[],
  journal: Journal,
): Promise<LabReport[]> {
  const { signal, failFast, until, target } = options
  const room = slots(options.parallel)
  const turns = inTurn(options.emit)
  const broken = new Set<string>()
  const reports: LabReport[] = []
  let stop = false
  const waitsFor = await orderOfLabs(options, stage, planned)
  const behind = stepsBehind(planned, waitsFor)
  const runOne = async (each: PlannedLab, position: number) => {
    const emit = turns.emitOf(position)
    const own: Slots = (urgency, work) => room(urgency + (behind[position] ?? 0), work)
    const { lab, setUp } = each
    const steps = lab.groups.flat().map(({ id, kind }) => ({ id, kind }))
    const missing = missingIdentity(target, each)
    let report: LabReport
    if (missing || stop || signal.aborted || each.needed.some(need => broken.has(need.id))) {
      const other = missing ?? 'a lab it needs did not get ready'
      const reason = signal.aborted ? 'interrupted' : stop ? 'not reached' : other
      emit({ type: 'lab', id: lab.id, title: lab.title, setUp, steps })
      const rows = lab.groups.flat().map(step => skippedStep(stage, step, reason))
      report = reportLab(each, rows)
      broken.add(lab.id)
    } else {
      const adopted = options.isolate ? null : await takeOver({ ...options, emit }, stage, each, journal, own)
      emit({ type: 'lab', id: lab.id, title: lab.title, setUp, steps: adopted?.steps ?? steps })
      const play = options.players?.get(lab.id)?.play ?? runLab
      const run = adopted?.run() ?? (await play(stage, each, { journal, emit, signal, failFast, until, slots: own }))
      report = reportLab(each, run.reports)
      if (run.stopped) broken.add(lab.id)
      // A lab that was left half-way is not whole: nobody may take it over.
      else if (!adopted && !run.reports.some(row => row.status === 'skipped'))
        await journal.write({ event: 'lab-done', lab: lab.id })
      if (run.reachedUntil && until !== null) stop = true
      if (failFast && run.reports.some(row => row.status !== 'passed' && row.status !== 'skipped')) stop = true
    }
    reports[position] = report
    emit({ type: 'lab-done', report })
  }
  await inDependence(waitsFor, async position => {
    const each = planned[position]
    try {
      if (each) await runOne(each, position)
    } finally {
      turns.ended(position)
    }
  })
  return reports
}

/** How many groups of steps come, one after another, after the end of each lab. */
function stepsBehind(planned: readonly PlannedLab[], waitsFor: readonly (readonly number[])[]): number[] {
  const behind = planned.map(() => 0)
  for (const position of planned.map((_, index) => index).reverse()) {
    const length = (behind[position] ?? 0) + (planned[position]?.lab.groups.length ?? 0)
    for (const before of waitsFor[position] ?? []) behind[before] = Math.max(behind[before] ?? 0, length)
  }
  return behind
}
