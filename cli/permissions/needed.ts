import type { PlannedStep } from '../../runner/engine/planned-steps.ts'
import { stepKind, stepKinds } from '../../runner/steps/index.ts'
import type { Permission, Resource } from '../../runner/steps/step-kind.ts'

/** whole: to run, and to take back what the run made. teardown: that too, whatever has come about since, and orphans. */
export type Purpose = 'whole' | 'run' | 'verify' | 'teardown'

/** What the lab's own caller needs for a step; identities of labs.yaml have credentials of their own, in accounts of their own. */
export function neededFor(purpose: Purpose, { step, permissions, resource }: PlannedStep): Permission[] {
  if (permissions === null) return []
  const { undo, spare = [] } = permissions
  if (purpose === 'teardown') return [...undo, ...spare]
  const own = step.as === null ? permissions.run : []
  if (purpose === 'run') return own
  if (purpose === 'whole') return [...own, ...undo]
  const { effect } = stepKind(step.kind) ?? { effect: 'local' }
  // A read whose identity has no keys here is decided, and what it would have held read by the caller.
  const asked = effect === 'reads' || (effect === 'session' && step.as === null) ? permissions.run : []
  return [...permissions.verify, ...asked, ...readsOf(resource)]
}

/** What finding things needs whose journal is lost: every kind's things are listed, with their tags. */
export const neededForOrphans = (): Permission[] =>
  stepKinds.flatMap(({ sweep }) => (sweep?.actions ?? []).map(action => ({ action, resource: '*' })))

const readsByType: Readonly<Record<string, readonly string[]>> = {
  role: ['iam:GetRole', 'iam:ListAttachedRolePolicies', 'iam:ListRolePolicies', 'iam:GetRolePolicy'],
  user: [
    'iam:GetUser',
    'iam:ListAttachedUserPolicies',
    'iam:ListUserPolicies',
    'iam:GetUserPolicy',
    'iam:ListGroupsForUser',
  ],
  policy: ['iam:GetPolicy', 'iam:GetPolicyVersion'],
  repository: ['ecr:GetRepositoryPolicy', 'ecr:ListTagsForResource'],
}

/** What hangs on a role or user was chosen by a participant: any policy of the account, or of AWS. */
function readsOfHolder(arn: string): Permission[] {
  const [, partition, , , account] = arn.split(':')
  const any = [`arn:${partition}:iam::${account}:policy/*`, `arn:${partition}:iam::aws:policy/*`]
  return any.flatMap(resource => ['iam:GetPolicy', 'iam:GetPolicyVersion'].map(action => ({ action, resource })))
}

function readsOfGroups(arn: string): Permission[] {
  const [, partition, , , account] = arn.split(':')
  const resource = `arn:${partition}:iam::${account}:group/*`
  return ['iam:ListAttachedGroupPolicies', 'iam:ListGroupPolicies', 'iam:GetGroupPolicy'].map(action => ({
    action,
    resource,
  }))
}

/** What is read of a thing to decide what may not be asked. */
function readsOf(resource: Resource | null): Permission[] {
  const arn = resource?.arn
  if (!resource || !arn) return []
  const reads = (readsByType[resource.type] ?? []).map(action => ({ action, resource: arn }))
  if (resource.type === 'repository') return [...reads, { action: 'ecr:GetRegistryPolicy', resource: '*' }]
  if (resource.type === 'role') return [...reads, ...readsOfHolder(arn)]
  return resource.type === 'user' ? [...reads, ...readsOfHolder(arn), ...readsOfGroups(arn)] : reads
}
