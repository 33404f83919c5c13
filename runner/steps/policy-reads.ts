import type { Permission, Resource } from './step-kind.ts'

const byType: Readonly<Record<string, readonly string[]>> = {
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

const each = (resource: string, actions: readonly string[]): Permission[] =>
  actions.map(action => ({ action, resource }))

/** What hangs on a role or user was chosen by a participant: any policy of the account, or of AWS. */
function readsOfHolder(arn: string): Permission[] {
  const [, partition, , , account] = arn.split(':')
  const any = [`arn:${partition}:iam::${account}:policy/*`, `arn:${partition}:iam::aws:policy/*`]
  return any.flatMap(resource => each(resource, ['iam:GetPolicy', 'iam:GetPolicyVersion']))
}

function readsOfGroups(arn: string): Permission[] {
  const [, partition, , , account] = arn.split(':')
  const resource = `arn:${partition}:iam::${account}:group/*`
  return each(resource, ['iam:ListAttachedGroupPolicies', 'iam:ListGroupPolicies', 'iam:GetGroupPolicy'])
}

/** What is read of a thing to decide what may not be asked. */
export function policyReads(resource: Pick<Resource, 'type' | 'arn'> | null): Permission[] {
  const arn = resource?.arn
  if (!resource || !arn) return []
  const reads = each(arn, byType[resource.type] ?? [])
  if (resource.type === 'repository') return [...reads, { action: 'ecr:GetRegistryPolicy', resource: '*' }]
  if (resource.type === 'role') return [...reads, ...readsOfHolder(arn)]
  return resource.type === 'user' ? [...reads, ...readsOfHolder(arn), ...readsOfGroups(arn)] : reads
}

const typeOf: Readonly<Record<string, RegExp>> = {
  role: /^arn:[^:]*:iam::[^:]+:role\//,
  user: /^arn:[^:]*:iam::[^:]+:user\//,
  repository: /^arn:[^:]*:ecr:[^:]*:[^:]+:repository\//,
}

/** The same of a thing that is known by its ARN alone; empty: it bears no policy. */
export const policyReadsOf = (arn: string): Permission[] =>
  Object.entries(typeOf).flatMap(([type, form]) => (form.test(arn) ? policyReads({ type, arn }) : []))
