import pLimit from 'p-limit'
import type { LabReport, StepReport } from '../../assertions/index.ts'
import type { Lab } from '../definition/index.ts'
import { environmentError } from '../lab-error.ts'
import { type Mutant, mutantsOf } from './mutants.ts'
import { policyDocuments } from './policy-documents.ts'
import { type StatementTest, statementTests } from './statement-tests.ts'
import { inTrial, reasonOf, reportOf, type TrialOptions } from './trial.ts'

/** A step worth naming, and why. */
export interface Remark {
  step: string
  /** As the report has it. */
  file: string
  line: number
  why: string
}

/** A lab's verdict on an account. */
export interface Judged {
  /** true: the verdict is what it should be. */
  good: boolean
  /** null: not graded. */
  points: number | null
  maxPoints: number
  remarks: Remark[]
}

export interface LabSelftest {
  id: string
  title: string
  passed: boolean
  /** Verified where nothing of the lab was done. Good: it is not passed; what earns points all the same is remarked. */
  before: Judged
  /** Run and then verified. Good: passed, with all points. */
  after: Judged
  /** Empty where `after` is not good: of a lab that does not pass nothing can be said by changing it. */
  statements: StatementTest[]
  /** How many changed documents were tried. */
  changes: number
  durationMs: number
}

/**
 * Is the lab a good test: not passed before its steps, passed after them, and not passed with any statement of its policies changed? Each in
 * an account of its own.
 * @param options its labs are this one and those it needs
 * @throws LabError (3) when an account cannot be had or gives no answer
 */
export async function selftestLab(options: TrialOptions, lab: Lab): Promise<LabSelftest> {
  const begun = performance.now()
  const [before, after, documents] = [
    await untouched(options, lab),
    await done(options, lab),
    await policyDocuments(lab),
  ]
  const mutants = after.good ? documents.flatMap(mutantsOf) : []
  const tried = await tryAll(options, lab, mutants)
  const statements = after.good ? statementTests(documents, tried) : []
  return {
    ...{ id: lab.id, title: lab.title, before, after, statements, changes: mutants.length },
    passed: before.good && after.good && statements.every(({ exercised }) => exercised),
    durationMs: Math.round(performance.now() - begun),
  }
}

const isGreen = ({ status, points, maxPoints }: LabReport): boolean =>
  status === 'passed' || (maxPoints > 0 && points === maxPoints)

function untouched(options: TrialOptions, lab: Lab): Promise<Judged> {
  const { labs } = options
  const others = labs.filter(({ id }) => id !== lab.id)
  return inTrial(options, async trial => {
    if (others.length > 0) await trial.run(lab.needs, others)
    const report = reportOf(await trial.verify([lab.id], labs), lab.id)
    const good = !isGreen(report)
    const early = report.steps.filter(step => step.status === 'passed' && (step.maxPoints > 0 || !good))
    return judged(report, good, early, () => 'right before anything of the lab is done')
  })
}

function done(options: TrialOptions, lab: Lab): Promise<Judged> {
  const { labs } = options
  return inTrial(options, async trial => {
    const ran = await trial.run([lab.id], labs)
    const wrong = ran.labs.flatMap(({ steps }) => steps.filter(({ status }) => status !== 'passed'))
    if (wrong.length > 0) return judged(reportOf(ran, lab.id), false, wrong, reasonOf)
    const verified = reportOf(await trial.verify([lab.id], labs), lab.id)
    const good = verified.status === 'passed' && verified.points === verified.maxPoints
    const isAside = ({ status, maxPoints }: StepReport) => status === 'skipped' && maxPoints === 0
    const lost = verified.steps.filter(step => step.status !== 'passed' && !isAside(step))
    return judged(verified, good, good ? [] : lost, step => `after a run that passed: ${reasonOf(step)}`)
  })
}

const judged = (
  { points, maxPoints }: LabReport,
  good: boolean,
  steps: readonly StepReport[],
  why: (step: StepReport) => string,
): Judged => ({
  ...{ good, points, maxPoints },
  remarks: steps.map(step => ({ step: step.id, file: step.file, line: step.line, why: why(step) })),
})

/** After an error no further account is opened, and none is open when it is thrown. */
async function tryAll(options: TrialOptions, lab: Lab, mutants: readonly Mutant[]) {
  const limit = pLimit(Math.max(1, options.parallel))
  const failed = new AbortController()
  const shared = { ...options, signal: AbortSignal.any([options.signal, failed.signal]) }
  const settled = await Promise.allSettled(
    mutants.map(mutant =>
      limit(async () => ({ mutant, noticedBy: await noticedBy(shared, lab, mutant) })).catch(error => {
        // The first is the cause: those after it were only cut short.
        failed.abort(error)
        throw error
      }),
    ),
  )
  if (failed.signal.aborted) throw failed.signal.reason
  return settled.flatMap(each => (each.status === 'fulfilled' ? [each.value] : []))
}

/** The first step that a changed document turns red; null: none. */
function noticedBy(options: TrialOptions, lab: Lab, { document, json }: Mutant): Promise<string | null> {
  const changed = document.replaced(json)
  const labs = options.labs.map(each => (each.id === lab.id ? changed : each))
  return inTrial(options, async trial => {
    const report = await trial.run([lab.id], labs)
    const red = report.labs.flatMap(({ steps }) => steps).find(({ status }) => !/passed|skipped/.test(status))
    if (red?.status === 'error') throw environmentError(`\`${lab.id}/${red.id}\` got no verdict: ${reasonOf(red)}`)
    return red?.id ?? null
  })
}
