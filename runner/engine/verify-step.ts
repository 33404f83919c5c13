import {
  type Difference,
  type Expectation,
  judge,
  type Outcome,
  type StepReport,
  type Verdict,
} from '../../assertions/index.ts'
import { resolveTemplates, type Step } from '../definition/index.ts'
import type { Done, PreparedStep, Resource, StepContext, Verification } from '../steps/step-kind.ts'
import { accessDecisions } from './access-decisions.ts'
import { askStep } from './ask-step.ts'
import { asksOfCaller } from './callers-own.ts'
import { checksOf, decideAll, decideFor, foresee } from './foresee.ts'
import { refusalOfLab } from './grader-lacks.ts'
import { isHollow } from './hollow-identity.ts'
import type { PlannedLab } from './plan.ts'
import { Unread } from './read-policies.ts'
import { blame, programOutcome, reportStep, statusOf, type ToReport } from './report-step.ts'
import type { Stage } from './stage.ts'
import { whateverTheReason } from './undecidable.ts'
import { Unfounded } from './unfounded.ts'

/** What later steps have put there since. */
export interface Overridden {
  /** To be thought away. */
  resources: readonly Resource[]
  /** true: one of them is a step of the same lab. What a probe saw before it was of a state that is no more, and cannot be thought up. */
  past: boolean
}

/**
 * Verifies one step and changes nothing: a creating step by reading the state it leaves, a session by assuming the role, a read by doing it,
 * a probe that would change something, that a later step overrides, or whose identity was given its keys in a run, by evaluation of the
 * policies read.
 */
export async function verifyStep(
  stage: Stage,
  planned: PlannedLab,
  step: Step,
  { resources: overridden, past }: Overridden,
): Promise<StepReport> {
  const begun = performance.now()
  const { kind, prepared } = stage.prepare(planned, step)
  const base: ToReport = { step, kind: kind.kind, title: prepared.title, status: 'skipped', begun }
  const actor = stage.actor(planned, step)
  if (!actor) throw new Unfounded(`the identity \`${step.as}\` could not be had`)
  const context = stage.context(planned, actor)
  const expectation = resolveTemplates(step.expectation, stage.scope(planned)) as Expectation
  const facts = { actions: prepared.actions, principal: actor.arn || null }
  const accessOf = (done: Parameters<typeof accessDecisions>[0]['done']) =>
    accessDecisions({ as: step.as, actor, prepared, context, done })
  const judged = (outcome: Outcome): Verdict => judge(expectation, programOutcome(expectation, outcome), facts)
  if (prepared.effect === 'local') return noted(reportStep(stage, base), 'verify does not wait')
  if (prepared.effect === 'changes') {
    if (expectation.kind === 'allow')
      return overridden.length > 0
        ? noted(reportStep(stage, base), replaced)
        : verifyMade(stage, planned, step, prepared, context, base)
    const foreseen = await whateverTheReason(
      () => foresee(stage, prepared, expectation, context, overridden),
      expectation,
      judged,
    )
    if (foreseen) {
      const access = accessOf({ outcome: foreseen, evidence: 'evaluated' })
      return judgedReport(stage, { ...base, access }, expectation, foreseen, judged(foreseen), 'evaluated')
    }
    return noted(reportStep(stage, base), 'not graded: verify does not send what may change something')
  }
  if (past) return noted(reportStep(stage, base), replaced)
  const hollow = isHollow(actor)
  const checks = checksOf(prepared, context)
  if (hollow && checks.length === 0)
    return noted(reportStep(stage, base), `not graded: \`${step.as}\` has no keys here`)
  if (checks.length > 0 && (hollow || overridden.length > 0)) {
    const deciding = { brings: prepared.brings, ownPolicies: asksOfCaller(expectation) }
    const decide = decideFor(stage, actor, overridden, deciding)
    const decided = await whateverTheReason(() => decideAll(decide, checks), expectation, judged)
    // The decision is evaluated; what the answer would have held is read by the lab's own caller.
    const outcome =
      decided.outcome === 'allowed' && expectation.kind !== 'deny'
        ? await heldBy(prepared, { ...context, aws: context.admin })
        : decided
    // The grader himself was refused what the answer would have held: that is not the participant's doing.
    if (decided.outcome === 'allowed' && outcome.outcome === 'denied') throw new Unread(outcome)
    const access = accessOf({ outcome: decided, evidence: 'evaluated' })
    return judgedReport(stage, { ...base, access }, expectation, outcome, judged(outcome), 'evaluated')
  }
  const settled = await askStep(stage, { step, prepared, context, judged, steady: true })
  keep(stage, planned, step, settled.done)
  const answered = { ...base, attempts: settled.attempts, waitedMs: settled.waitedMs, access: accessOf(settled.done) }
  const { done, verdict } = settled
  if (step.as === null && settled.settled) {
    const counts = await refusalOfLab(stage, prepared, context, expectation, settled.outcome)
    if (counts === null)
      return alsoNoted(
        reportStep(stage, { ...answered, outcome: settled.outcome, verdict, status: 'blocked' }),
        gradersOwn,
      )
    if (!verdict.passed && counts !== settled.outcome)
      return judgedReport(stage, answered, expectation, counts, judged(counts), 'evaluated')
  }
  const report = judgedReport(
    stage,
    answered,
    expectation,
    settled.outcome,
    verdict,
    done.evidence ?? 'observed',
    settled.settled,
  )
  const status = await blame(report.status, prepared, context)
  return status === report.status ? report : { ...report, status, points: 0, hint: step.hint }
}

const replaced = 'a later step has put something else in its place, and that is there'

/** What the answer would have held: by another read where a policy of the account refuses this one to everybody. */
async function heldBy(prepared: PreparedStep, context: StepContext): Promise<Outcome> {
  const { outcome } = await prepared.run(context)
  return outcome.outcome === 'denied' ? ((await prepared.otherwise?.(context)) ?? outcome) : outcome
}

const gradersOwn =
  'not graded: whoever grades is refused this himself, and what is asked for does not refuse it by itself'

function keep(stage: Stage, { lab }: PlannedLab, step: Step, done: Done): void {
  if (done.outcome.outcome === 'allowed') stage.keepOutput(lab.id, step.id, done.outcome.output)
  if (done.identity && step.identity) stage.keepIdentity(lab.id, step.identity, done.identity)
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

/** A thing made, and whom the credentials that came with it act as. */
async function verifyMade(...made: Parameters<typeof verifyState>): Promise<StepReport> {
  const [stage, { lab }, step, prepared, context] = made
  const report = await verifyState(...made)
  const arn = step.identity === null ? null : await prepared.actsAs?.(context)
  if (arn && step.identity !== null) stage.keepHollowIdentity(lab.id, step.identity, arn)
  return report
}

async function verifyState(
  stage: Stage,
  planned: PlannedLab,
  step: Step,
  prepared: PreparedStep,
  context: StepContext,
  base: ToReport,
): Promise<StepReport> {
  if (!prepared.verify) return noted(reportStep(stage, base), 'not graded: its effect cannot be read back')
  const own = await prepared.verify(context)
  const other = own.state === 'absent' ? ((await prepared.elsewhere?.(context)) ?? own) : own
  const found = other.state === 'absent' ? own : other
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

/** Before what the row says of who must change what. */
const alsoNoted = (report: StepReport, hint: string): StepReport => noted(report, `${hint}\n${report.hint}`)
