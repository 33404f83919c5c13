import {
  type Difference,
  type Expectation,
  judge,
  type Outcome,
  type StepReport,
  type Verdict,
} from '../../assertions/index.ts'
import { resolveTemplates, type Step } from '../definition/index.ts'
import type { Aws, Decide, Done, PreparedStep, Resource, StepContext, Verification } from '../steps/step-kind.ts'
import { evaluate } from './evaluate.ts'
import type { PlannedLab } from './plan.ts'
import { blame, programOutcome, reportStep, statusOf, type ToReport } from './report-step.ts'
import { settle } from './settle.ts'
import type { Stage } from './stage.ts'

/**
 * Verifies one step and changes nothing: a creating step by reading the state it leaves, a session by assuming the role, a read by doing it,
 * a probe that would change something, or that a later lab overrides, by evaluation of the policies read.
 *
 * @param overridden what a later step has put there since, and is to be thought away; empty: nothing
 */
export async function verifyStep(
  stage: Stage,
  planned: PlannedLab,
  step: Step,
  overridden: readonly Resource[],
): Promise<StepReport> {
  const begun = performance.now()
  const { kind, prepared } = stage.prepare(planned, step)
  const base: ToReport = { step, kind: kind.kind, title: prepared.title, status: 'skipped', begun }
  const actor = stage.actor(planned, step)
  if (!actor) return noted(reportStep(stage, base), `the identity \`${step.as}\` could not be had`)
  const context = stage.context(planned, actor)
  const expectation = resolveTemplates(step.expectation, stage.scope(planned)) as Expectation
  const facts = { actions: prepared.actions, principal: actor.arn || null }
  const judged = (outcome: Outcome): Verdict => judge(expectation, programOutcome(expectation, outcome), facts)
  if (prepared.effect === 'local') return noted(reportStep(stage, base), 'verify does not wait')
  if (prepared.effect === 'changes') {
    if (expectation.kind === 'allow')
      return overridden.length > 0
        ? noted(reportStep(stage, base), 'a later step has put something else in its place, and that is there')
        : verifyState(stage, planned, step, prepared, context, base)
    const foreseen = await foresee(stage, prepared, expectation, context, overridden)
    if (foreseen) return judgedReport(stage, base, expectation, foreseen, judged(foreseen), 'evaluated')
    return noted(reportStep(stage, base), 'not graded: verify does not send what may change something')
  }
  if (overridden.length > 0 && prepared.request) {
    const { action, resource } = prepared.request(context.place)
    const decided = await decideFor(stage, actor, overridden)(action, resource)
    // The decision is evaluated; what the answer would have held is read by the lab's own caller.
    const outcome =
      decided.outcome === 'allowed' ? (await prepared.run({ ...context, aws: context.admin })).outcome : decided
    return judgedReport(stage, base, expectation, outcome, judged(outcome), 'evaluated')
  }
  let done: Done | null = null
  const { timings } = stage.options.catalogue
  const settled = await settle({
    ask: async () => {
      done = await prepared.run(context)
      return done.outcome
    },
    judge: judged,
    eventual: stage.target.eventual,
    within: step.within ?? timings.within,
    stays: prepared.effect === 'session' ? 0 : (step.stays ?? timings.stays),
    signal: stage.options.signal,
  })
  keep(stage, planned, step, done ?? { outcome: settled.outcome })
  const report = judgedReport(
    stage,
    { ...base, attempts: settled.attempts },
    expectation,
    settled.outcome,
    settled.verdict,
    'observed',
    settled.settled,
  )
  const status = await blame(report.status, prepared, context)
  return status === report.status ? report : { ...report, status, points: 0 }
}

function keep(stage: Stage, { lab }: PlannedLab, step: Step, done: Done): void {
  if (done.outcome.outcome === 'allowed') stage.keepOutput(lab.id, step.id, done.outcome.output)
  if (done.identity && step.identity) stage.keepIdentity(lab.id, step.identity, done.identity)
}

const decideFor =
  (stage: Stage, actor: Aws, without: readonly Resource[]): Decide =>
  (action, resource, repositoryPolicy) =>
    evaluate(account => stage.ownerOf(account), {
      actor,
      session: stage.sessionOf(actor.arn),
      action,
      resource,
      region: stage.target.place.region,
      without,
      repositoryPolicy,
    })

/** What would come of a change that may not be sent: the refusal, if the policies read refuse it, else the error that AWS's rules foresee. */
async function foresee(
  stage: Stage,
  { request, refused }: PreparedStep,
  { kind }: Expectation,
  { aws, place }: StepContext,
  overridden: readonly Resource[],
): Promise<Outcome | null> {
  if (!request || (kind === 'error' && !refused)) return null
  const decide = decideFor(stage, aws, overridden)
  const { action, resource } = request(place)
  const decided = await decide(action, resource)
  return decided.outcome === 'allowed' ? ((await refused?.(place, decide)) ?? decided) : decided
}

const judgedReport = (
  stage: Stage,
  base: ToReport,
  expectation: Expectation,
  outcome: Outcome,
  verdict: Verdict,
  evidence: StepReport['evidence'],
  settled = true,
): StepReport =>
  reportStep(stage, {
    ...base,
    attempts: base.attempts ?? 1,
    outcome,
    verdict,
    evidence,
    status: statusOf(base.step, expectation, outcome, verdict, settled),
  })

async function verifyState(
  stage: Stage,
  planned: PlannedLab,
  step: Step,
  prepared: PreparedStep,
  context: StepContext,
  base: ToReport,
): Promise<StepReport> {
  if (!prepared.verify) return noted(reportStep(stage, base), 'not graded: its effect cannot be read back')
  const found = await prepared.verify(context)
  if (found.state === 'present') {
    stage.keepOutput(planned.lab.id, step.id, found.output)
    return reportStep(stage, { ...base, ...stateReport(found), status: 'passed' })
  }
  if (found.state === 'differs') stage.keepOutput(planned.lab.id, step.id, found.output)
  // A profile is on the machine of whoever ran the lab: its absence here says nothing of the account.
  if (found.state === 'absent' && prepared.ofTheRun)
    return noted(reportStep(stage, base), 'not checked: no run of this folder wrote it')
  const report = stateReport(found)
  const status =
    found.state === 'unread' ? statusOf({ as: null }, step.expectation, found.outcome, report.verdict, true) : 'failed'
  return reportStep(stage, { ...base, ...report, status })
}

/** A state that was read, in the words of a verdict. */
function stateReport(found: Verification): { verdict: Verdict; outcome: Outcome; attempts: number } {
  const outcome: Outcome =
    found.state === 'absent' || found.state === 'unread'
      ? found.outcome
      : { outcome: 'allowed', output: found.output, httpStatus: null, requestId: null }
  const differences: Difference[] =
    found.state === 'differs'
      ? found.differences
      : found.state === 'absent'
        ? [{ field: 'state', expected: 'present', actual: 'absent' }]
        : []
  const actual = {
    present: 'present',
    differs: 'present, but not as the lab leaves it',
    absent: 'it is not there',
    unread: 'it could not be read',
  }[found.state]
  const passed = found.state === 'present'
  return { verdict: { passed, expected: 'present', actual, differences, unproven: [] }, outcome, attempts: 1 }
}

const noted = (report: StepReport, hint: string): StepReport => ({ ...report, hint })
