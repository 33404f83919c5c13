import { accountOf } from '../aws/arns.ts'
import type { Target } from '../aws/target.ts'
import type { Step } from '../definition/index.ts'
import { guardError, type LabError } from '../lab-error.ts'
import type { AwsPlace, PreparedStep, StepContext } from '../steps/step-kind.ts'
import type { RunOptions } from './options.ts'
import { plannedSteps } from './planned-steps.ts'
import { shownPath } from './shown-path.ts'
import type { Stage } from './stage.ts'

/** The one of these accounts that nobody has named, so that nothing is changed in it; null: there is none, or nothing is guarded. */
export const strangersAccount = ({ accounts }: Target, changed: readonly string[]): string | null =>
  accounts === null ? null : (changed.find(account => !accounts.includes(account)) ?? null)

const changedBy = (prepared: PreparedStep, { account }: AwsPlace): string[] =>
  prepared.effect === 'changes' ? [account, ...(prepared.reaches ?? [])] : []

/**
 * Refuses a change in an account that nobody has named, whoever makes it: a role that a step assumes may be anybody's.
 *
 * @throws LabError with exit code 5, before anything is sent
 */
export function guardChange(stage: Stage, step: Step, prepared: PreparedStep, { place, aws }: StepContext): void {
  const { target } = stage
  if (target.accounts === null || prepared.effect !== 'changes') return
  const account = accountOf(aws.arn) === null ? 'unknown' : strangersAccount(target, changedBy(prepared, place))
  if (account !== null) throw changeRefused(stage, step, account)
}

/** Of a change in the middle of a run: what was made before it stays to be taken back. */
export const changeRefused = ({ options }: Stage, step: Step, account: string): LabError =>
  refusal(options, step, account, '; `lab teardown` takes back what the run made before')

/**
 * The same before a run, of every change whose account can be told by then: an ARN that the lab has written out, and what follows from it.
 *
 * @throws LabError with exit code 5
 */
export function guardPlan(
  options: Pick<
    RunOptions,
    'target' | 'catalogue' | 'labs' | 'asked' | 'overrides' | 'env' | 'players' | 'workingFolder'
  >,
): void {
  const { target, players } = options
  if (target.accounts === null) return
  const steps = plannedSteps({
    ...options,
    // What a page calls is told when it calls.
    labs: options.labs.map(lab => (players?.has(lab.id) ? { ...lab, groups: [] } : lab)),
    ...{ target: target.name, account: target.place.account, region: target.place.region },
    identities: target.identities,
  })
  for (const { step, ahead } of steps) {
    const account = ahead && strangersAccount(target, changedBy(ahead.step, ahead.place))
    // Of an answer that is not known yet a word stands in its place.
    if (account && /^\d{12}$/.test(account)) throw refusal(options, step, account, '')
  }
}

const refusal = (
  { target, workingFolder }: Pick<RunOptions, 'target' | 'workingFolder'>,
  { id, place }: Step,
  account: string,
  made: string,
): LabError =>
  guardError(
    `step \`${id}\` (${shownPath(place.file, workingFolder)}:${place.line}) would change account ${account}, which is not allowed; allowed: ${target.accounts?.join(', ')}`,
    `if it is a sandbox account, add it to \`guard.accounts\` in labs.yaml${made}`,
  )
