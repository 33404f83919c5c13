import {
  type Expectation,
  judge,
  type Outcome,
  type StepReport,
  type StepStatus,
  type Verdict,
} from '../../assertions/index.ts'
import { resolveTemplates, type Step } from '../definition/index.ts'
import type { Aws, Done, PreparedStep, StepContext } from '../steps/step-kind.ts'
import { accessDecisions } from './access-decisions.ts'
import { askStep, timingsOf } from './ask-step.ts'
import type { Emit } from './events.ts'
import { guardChange } from './guard-changes.ts'
import type { Journal } from './journal.ts'
import type { PlannedLab } from './plan.ts'
import { redactText } from './redact.ts'
import { blame, programOutcome, reportStep, saysNothing, statusOf } from './report-step.ts'
import { sendChange } from './send-change.ts'
import type { Stage } from './stage.ts'
import { takenName } from './taken-name.ts'
import { unsettledReason } from './unsettled.ts'

export interface StepRun {
  report: StepReport
  /** true: what comes after it in the lab has nothing to stand on. */
  stops: boolean
}

/** Runs one step to its verdict: sends it (a change once, a read until it has settled), judges the answer, keeps what later steps need. */
export async function runStep(
  stage: Stage,
  planned: PlannedLab,
  step: Step,
  journal: Journal,
  emit: Emit,
): Promise<StepRun> {
  const begun = performance.now()
  const { lab } = planned
  const { kind, prepared, fields } = stage.prepare(planned, step)
  emit({ type: 'step', lab: lab.id, step: step.id, kind: kind.kind, title: prepared.title, as: step.as })
  const expectation = resolveTemplates(step.expectation, stage.scope(planned)) as Expectation
  const actor = stage.actor(planned, step)
  if (!actor) {
    const report = reportStep(stage, { step, kind: kind.kind, title: prepared.title, status: 'skipped', begun })
    report.hint = `no step has made the identity \`${step.as}\``
    return { report, stops: false }
  }
  const context = stage.context(planned, actor)
  guardChange(stage, step, prepared, context)
  const judged = (outcome: Outcome): Verdict =>
    judge(expectation, programOutcome(expectation, outcome), {
      actions: prepared.actions,
      principal: actor.arn || null,
    })
  const answered = await answer(stage, { planned, step, prepared, fields, context, actor, judged, journal, emit })
  const { done, verdict, attempts, waitedMs, settled, unseen = false } = answered
  if (done.outcome.outcome === 'allowed') stage.keepOutput(lab.id, step.id, done.outcome.output)
  if (done.identity) stage.keepSecrets(done.identity.credentials)
  if (done.identity && step.identity) stage.keepIdentity(lab.id, step.identity, done.identity)
  const told = statusOf(step, expectation, done.outcome, verdict, settled)
  const status: StepStatus = await blame(told, prepared, context)
  const clean = (text: string) => redactText(text, stage.secrets)
  const report = reportStep(stage, {
    step,
    kind: kind.kind,
    title: prepared.title,
    status,
    begun,
    outcome: done.outcome,
    verdict,
    attempts,
    waitedMs,
    evidence: done.evidence ?? 'observed',
    access: accessDecisions({ as: step.as, actor, prepared, context, done }),
    changed: changedBy(kind.kind, prepared, context, done),
  })
  const taken = status === 'failed' ? await takenName(planned, prepared, context, done.outcome) : null
  if (!settled && !saysNothing(done.outcome))
    report.hint = unsettledReason({
      ...timingsOf(stage, step),
      verdict,
      unseen,
      interrupted: stage.options.signal.aborted,
    })
  if (taken !== null) report.hint = [taken, step.hint].filter(hint => hint !== null).join('\n')
  emit({
    type: 'step-done',
    lab: lab.id,
    report,
    detail: done.detail === undefined ? null : clean(done.detail),
    actual: clean(verdict.actual),
  })
  return { report, stops: status !== 'passed' && prepared.effect !== 'reads' && expectation.kind === 'allow' }
}

/** What of the account a change has made or changed; a kind that names no thing is named itself. */
function changedBy(kind: string, prepared: PreparedStep, { place }: StepContext, { outcome }: Done) {
  if (prepared.effect !== 'changes' || prepared.ofTheRun || outcome.outcome !== 'allowed') return null
  return prepared.resource(place) ?? { type: kind, name: prepared.title }
}

interface Asked {
  planned: PlannedLab
  step: Step
  prepared: PreparedStep
  fields: unknown
  context: StepContext
  actor: Aws
  judged: (outcome: Outcome) => Verdict
  journal: Journal
  emit: Emit
}

interface Answered {
  done: Done
  verdict: Verdict
  attempts: number
  waitedMs: number
  settled: boolean
  /** As sendChange says. */
  unseen?: boolean
}

async function answer(stage: Stage, asked: Asked): Promise<Answered> {
  const { planned, step, prepared, context, judged, emit } = asked
  const { within, stays } = timingsOf(stage, step)
  const waiting = (attempts: number, elapsedMs: number, verdict: Verdict) => {
    if (attempts > 1)
      emit({
        type: 'waiting',
        lab: planned.lab.id,
        step: step.id,
        attempts,
        elapsedMs,
        last: redactText(verdict.actual, stage.secrets),
        wanted: redactText(verdict.expected, stage.secrets),
        holds: verdict.passed,
      })
  }
  if (prepared.effect === 'changes' || prepared.effect === 'local') {
    const sent = await sendChange({
      ...asked,
      within,
      stays,
      waiting,
      eventual: stage.target.eventual,
      notFoundFor: stage.options.notFoundFor,
    })
    return { ...sent, verdict: judged(sent.done.outcome) }
  }
  return askStep(stage, { step, prepared, context, judged, onAnswer: waiting })
}
