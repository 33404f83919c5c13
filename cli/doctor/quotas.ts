import type { Target } from '../../runner/aws/target.ts'
import type { PlannedStep } from '../../runner/engine/planned-steps.ts'
import { at } from '../../runner/steps/answers.ts'
import { counted } from '../show/count.ts'
import { type Finding, ok, problem, unknown, warning } from './finding.ts'

const kinds = { role: 'Roles', policy: 'Policies', user: 'Users' } as const

/** Whether IAM has room for what the labs make, as the account's summary tells it. */
export async function quotas({ caller }: Target, steps: readonly PlannedStep[]): Promise<Finding[]> {
  const outcome = await caller.call('iam:GetAccountSummary', {})
  if (outcome.outcome !== 'allowed')
    return [unknown('quotas', `the account's quotas cannot be read: ${outcome.code}`, 'allow iam:GetAccountSummary')]
  const numberOf = (name: string) => at(outcome.output, 'SummaryMap', name)
  const findings = Object.entries(kinds).flatMap(([type, name]) => {
    const [used, quota] = [numberOf(name), numberOf(`${name}Quota`)]
    if (typeof used !== 'number' || typeof quota !== 'number') return []
    const more = steps.filter(({ resource }) => resource?.type === type && !resource.part).length
    const says = `${used} of ${quota} ${name.toLowerCase()} are used, the labs make ${more} more`
    const mend = `remove some, or ask AWS for more ${name.toLowerCase()}`
    if (used + more > quota) return [problem('quotas', says, mend)]
    return (used + more) / quota > 0.9 ? [warning('quotas', says, mend)] : []
  })
  const made = steps.filter(({ resource }) => resource !== null && !resource.part).length
  return findings.length > 0
    ? findings
    : [ok('quotas', `there is room for the ${counted(made, 'thing')} the labs make`)]
}
