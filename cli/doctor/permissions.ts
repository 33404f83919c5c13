import type { Outcome } from '../../assertions/index.ts'
import type { Target } from '../../runner/aws/target.ts'
import type { PlannedStep } from '../../runner/engine/planned-steps.ts'
import { allowToCaller, organizationMustAllow, whoMustAllow } from '../../runner/engine/who-must-allow.ts'
import { at, listAt, stringAt } from '../../runner/steps/answers.ts'
import { type Finding, ok, problem, unknown } from './finding.ts'

/** Every permission that the lab's own caller needs, as resource and its actions. What is to be denied to it is not needed. */
export function neededByCaller(steps: readonly PlannedStep[]): Map<string, string[]> {
  const needed = new Map<string, Set<string>>()
  for (const { step, permissions } of steps) {
    const own = step.as === null && step.expectation.kind === 'allow' ? (permissions?.run ?? []) : []
    for (const { action, resource } of [...own, ...(permissions?.undo ?? [])])
      needed.set(resource, (needed.get(resource) ?? new Set()).add(action))
  }
  return new Map([...needed].map(([resource, actions]) => [resource, [...actions].sort()]))
}

/**
 * Asks IAM what the caller may do (SimulatePrincipalPolicy): a refusal is a problem, one by the organization is told apart; where IAM may not
 * be asked it is unknown.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html
 */
export async function permissions(target: Target, steps: readonly PlannedStep[]): Promise<Finding[]> {
  const { caller } = target
  const needed = neededByCaller(steps)
  const source = await policySource(caller)
  if (source === null)
    return [unknown('permissions', `the policies of ${caller.arn} cannot be found`, 'a run tells what is refused')]
  const refused: string[] = []
  const byOrganization: string[] = []
  let missing = 0
  for (const [resource, ActionNames] of needed) {
    const outcome = await caller.call('iam:SimulatePrincipalPolicy', {
      ...{ PolicySourceArn: source, ActionNames },
      ...(resource === '*' ? {} : { ResourceArns: [resource] }),
    })
    if (outcome.outcome !== 'allowed') return [unasked(outcome, target)]
    for (const result of listAt(outcome.output, 'EvaluationResults')) {
      const decision = stringAt(result, 'EvalDecision')
      if (decision === 'allowed') continue
      const words = `${stringAt(result, 'EvalActionName')} on ${resource}`
      if (at(result, 'OrganizationsDecisionDetail', 'AllowedByOrganizations') === false) byOrganization.push(words)
      // The trust policy has its say in this one, and the lab has not made the role yet.
      else if (decision === 'implicitDeny' && stringAt(result, 'EvalActionName') === 'sts:AssumeRole') continue
      else if (listAt(result, 'MissingContextValues').length > 0) missing += 1
      else refused.push(words)
    }
  }
  const count = [...needed.values()].flat().length
  return [
    byOrganization.length > 0
      ? problem(
          'organization',
          `the organization's policies refuse ${some(byOrganization)}`,
          organizationMustAllow('it', target),
        )
      : ok('organization', 'no policy of an organization refuses what the labs need'),
    refused.length > 0
      ? problem('permissions', `${caller.arn} may not ${some(refused)}`, allowToCaller('it', source))
      : missing > 0
        ? unknown('permissions', `${missing} of ${count} permissions hang on conditions that only a real call meets`)
        : ok('permissions', `the caller has the ${count} permissions that the labs need`),
  ]
}

function unasked(outcome: Exclude<Outcome, { outcome: 'allowed' }>, target: Target): Finding {
  return outcome.outcome === 'denied' && /control policy/.test(outcome.denial.policyType ?? '')
    ? problem('organization', outcome.message, whoMustAllow(outcome.denial, target))
    : unknown(
        'permissions',
        `IAM was not to be asked: ${outcome.code}`,
        'allow iam:SimulatePrincipalPolicy to have them checked',
      )
}

/** Whose policies decide: the user, or the role behind the session with its path, which the session's ARN leaves out. null: cannot be told. */
async function policySource({ arn, call }: Target['caller']): Promise<string | null> {
  if (/^arn:[^:]+:iam::\d+:user\//.test(arn)) return arn
  const [, RoleName] = /:assumed-role\/([^/]+)\//.exec(arn) ?? []
  if (RoleName === undefined) return null
  const role = await call('iam:GetRole', { RoleName })
  return role.outcome === 'allowed' ? stringAt(role.output, 'Role', 'Arn') : null
}

/** The first few, and how many more. */
const some = (all: readonly string[]): string =>
  all.length <= 3 ? all.join(', ') : `${all.slice(0, 3).join(', ')} and ${all.length - 3} more`
