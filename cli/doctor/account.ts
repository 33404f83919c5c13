import { clockSkew, toleratedSkew } from '../../runner/aws/clock.ts'
import type { Target } from '../../runner/aws/target.ts'
import { missingIdentity } from '../../runner/engine/missing-identity.ts'
import type { EngineOptions } from '../../runner/engine/options.ts'
import { sweepOrphans } from '../../runner/engine/orphans.ts'
import type { PlannedLab } from '../../runner/engine/plan.ts'
import { LabError } from '../../runner/lab-error.ts'
import { countedTypes, duration } from '../show/count.ts'
import { type Finding, ok, problem, unknown, warning } from './finding.ts'

/** The guard's answer; the sandbox has none. */
export async function guarded(target: Target, guard: (target: Target) => Promise<void>): Promise<Finding> {
  if (target.name === 'sandbox') return ok('guard', 'the sandbox is no real account: nothing to guard')
  try {
    await guard(target)
    return ok('guard', `account ${target.place.account}, ${target.place.region}: allowed`)
  } catch (error) {
    if (!(error instanceof LabError)) throw error
    return problem('guard', error.message, error.hint, error.exitCode === 5 ? 5 : 3)
  }
}

/** Credentials that end soon end in the middle of a lab. */
export async function expiry({ caller }: Target): Promise<Finding> {
  const { expiration } = await caller.credentials()
  const left = expiration === undefined ? null : expiration - Date.now()
  if (left === null) return ok('credentials', `${caller.arn}`)
  return left < 15 * 60_000
    ? warning(
        'credentials',
        `${caller.arn}: they expire in ${duration(Math.max(0, left))}`,
        'renew them before a long run',
      )
    : ok('credentials', `${caller.arn}, for ${duration(left)} yet`)
}

export async function clock({ endpoint, place }: Target, signal: AbortSignal): Promise<Finding> {
  const skew = await clockSkew(endpoint, place.region, signal)
  if (skew === null) return unknown('clock', 'no answer that tells the time')
  const words = `this clock is ${duration(Math.abs(skew))} ${skew < 0 ? 'behind' : 'ahead of'} the endpoint's`
  const mend = 'set the clock by the network (NTP)'
  if (Math.abs(skew) >= toleratedSkew) return problem('clock', `${words}: signatures are refused`, mend)
  return Math.abs(skew) > 60_000 ? warning('clock', words, mend) : ok('clock', 'this clock agrees with the endpoint')
}

/** Labs that are skipped because an identity of labs.yaml is not configured here. */
export const identities = (target: Target, labs: readonly PlannedLab[]): Finding[] =>
  labs.flatMap(planned => {
    const missing = missingIdentity(target, planned)
    return missing === null
      ? []
      : [warning('identities', `${planned.lab.id} ${missing}`, 'configure it, or leave the lab out')]
  })

export async function orphans(options: EngineOptions): Promise<Finding> {
  try {
    const unsearched: string[] = []
    const { found, searched } = await sweepOrphans({
      ...options,
      ...{ olderThan: 24 * 3_600_000, dryRun: true, confirm: async () => false },
      emit: event => {
        if (event.type === 'note') unsearched.push(event.text)
      },
    })
    if (found.length === 0 && unsearched.length > 0)
      return unknown('orphans', unsearched.join('; '), 'its identity needs to list and read tags')
    return found.length === 0
      ? ok('orphans', `nothing older than a day carries our tags without a journal here: ${searched.join(', ')}`)
      : warning(
          'orphans',
          `without a journal here: ${countedTypes(found.map(({ resource }) => resource))}`,
          'lab teardown --orphans shows and removes them',
        )
  } catch (error) {
    if (!(error instanceof LabError)) throw error
    return unknown('orphans', error.message, error.hint)
  }
}
