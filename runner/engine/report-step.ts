import type { AccessDecision, Expectation, Outcome, StepReport, StepStatus, Verdict } from '../../assertions/index.ts'
import type { Step } from '../definition/index.ts'
import type { PreparedStep, StepContext } from '../steps/step-kind.ts'
import { redact, redactText } from './redact.ts'
import type { Stage } from './stage.ts'
import { whoMustAllow } from './who-must-allow.ts'

const infrastructure = new Set(['throttled', 'unavailable', 'network', 'credentials'])
/** What a step needs of this machine is not there: `command`'s program, a profile file that may be written. */
const notHere = /^(ENOENT|EACCES|EPERM|EROFS|ENOSPC|EMFILE)$/
const organization = /service control policy|resource control policy/

/** true: AWS, or this machine, gave no verdict on the request. */
export const saysNothing = (outcome: Outcome): boolean =>
  outcome.outcome === 'failed' &&
  (infrastructure.has(outcome.cause) || (outcome.cause === 'local' && notHere.test(outcome.code)))

/**
 * passed, or why not: `error` when AWS gave no verdict on the request, or the answers did not settle; `blocked` when the lab's own caller was
 * refused what the lab needs, or an organization's policy that nobody expected stood in the way; else `failed`.
 */
export function statusOf(
  step: Pick<Step, 'as'>,
  expectation: Expectation,
  outcome: Outcome,
  verdict: Verdict,
  settled: boolean,
): StepStatus {
  if (verdict.passed && settled) return 'passed'
  if (saysNothing(outcome) || !settled) return 'error'
  if (outcome.outcome !== 'denied') return 'failed'
  if (organization.test(outcome.denial.policyType ?? '') && !organization.test(JSON.stringify(expectation)))
    return 'blocked'
  return step.as === null && expectation.kind !== 'deny' ? 'blocked' : 'failed'
}

/** A refusal of the lab's own caller is the lab's own doing where what it set up explains it: then it has failed. */
export const blame = async (status: StepStatus, prepared: PreparedStep, context: StepContext): Promise<StepStatus> =>
  status === 'blocked' && (await prepared.ownDoing?.(context)) ? 'failed' : status

/** A program that ends with another status has an output all the same: `allow: { exit: 3 }` may ask for it. */
export const programOutcome = (expectation: Expectation, outcome: Outcome): Outcome =>
  outcome.outcome === 'failed' &&
  outcome.cause === 'local' &&
  outcome.output !== undefined &&
  expectation.kind === 'allow' &&
  typeof expectation.output === 'object' &&
  expectation.output !== null &&
  Object.hasOwn(expectation.output, 'exit')
    ? { outcome: 'allowed', output: outcome.output, httpStatus: null, requestId: null }
    : outcome

export interface ToReport {
  step: Step
  kind: string
  title: string
  status: StepStatus
  /** performance.now() when it began. */
  begun: number
  outcome?: Outcome
  verdict?: Verdict
  attempts?: number
  /** Until the first of the answers that stayed, milliseconds. Default: 0. */
  waitedMs?: number
  evidence?: StepReport['evidence']
  access?: AccessDecision[]
  changed?: StepReport['changed']
}

/** The report's row for a step: no secret passes. */
export function reportStep(stage: Stage, { step, kind, title, status, begun, ...rest }: ToReport): StepReport {
  const { outcome, verdict, attempts = 0, waitedMs = 0, evidence = 'observed', access = [], changed = null } = rest
  const durationMs = Math.round(performance.now() - begun)
  if (outcome && outcome.outcome !== 'denied') stage.keepSecretsOf(outcome.output)
  const clean = (text: string) => redactText(text, stage.secrets)
  return {
    id: step.id,
    kind,
    title: clean(title),
    as: step.as,
    status,
    evidence,
    attempts,
    startedAt: new Date(Date.now() - durationMs).toISOString(),
    durationMs,
    waitedMs: Math.min(durationMs, Math.round(waitedMs)),
    file: stage.shown(step.place.file),
    line: step.place.line,
    expected: clean(verdict?.expected ?? ''),
    actual: outcome ? actualOf(outcome, clean) : null,
    output: outcome?.outcome === 'denied' ? null : redact(outcome?.output ?? null, stage.secrets),
    access,
    changed: changed && { type: changed.type, name: clean(changed.name) },
    diff: (verdict?.differences ?? []).map(({ field, expected, actual }) => ({
      field,
      expected: clean(expected),
      actual: clean(actual),
    })),
    // What the lab has to say is said to who answers it, and he can mend nothing here.
    hint:
      status === 'blocked' && outcome?.outcome === 'denied'
        ? clean(whoMustAllow(outcome.denial, stage.target))
        : step.hint,
    points: pointsOf(status, step.points),
    maxPoints: step.points,
    ...(step.visibility === 'hidden' || step.visibility === 'after' ? { visibility: step.visibility } : {}),
  }
}

/** The row of a step that is not done, with the reason. */
export const skippedStep = (stage: Stage, step: Step, reason: string): StepReport => ({
  ...reportStep(stage, { step, kind: step.kind, title: '', status: 'skipped', begun: performance.now() }),
  hint: reason,
})

const actualOf = (outcome: Outcome, clean: (text: string) => string): StepReport['actual'] => ({
  outcome: outcome.outcome,
  code: outcome.outcome === 'allowed' ? null : outcome.code,
  message: outcome.outcome === 'allowed' ? null : clean(outcome.message),
  httpStatus: outcome.httpStatus,
  requestId: outcome.requestId,
  denial: outcome.outcome === 'denied' ? outcome.denial : null,
})

/** null: not graded, because the step was not judged. */
const pointsOf = (status: StepStatus, points: number): number | null =>
  status === 'passed' ? points : status === 'failed' ? 0 : null
