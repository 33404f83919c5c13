import type { Permission } from '../../runner/steps/step-kind.ts'

export interface PolicyDocument {
  Version: '2012-10-17'
  Statement: { Effect: 'Allow'; Action: string[]; Resource: string[] }[]
}

/** The permissions as one policy: a statement for each set of actions, in a fixed order. */
export function policyDocument(permissions: readonly Permission[]): PolicyDocument {
  const byResource = new Map<string, Set<string>>()
  for (const { action, resource } of permissions)
    byResource.set(resource, (byResource.get(resource) ?? new Set()).add(action))
  const everywhere = byResource.get('*') ?? new Set()
  const byActions = new Map<string, string[]>()
  for (const [resource, actions] of [...byResource].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const own = [...actions].filter(action => resource === '*' || !everywhere.has(action)).sort()
    if (own.length > 0) byActions.set(own.join(' '), [...(byActions.get(own.join(' ')) ?? []), resource])
  }
  return {
    Version: '2012-10-17',
    Statement: [...byActions].map(([actions, Resource]) => ({ Effect: 'Allow', Action: actions.split(' '), Resource })),
  }
}

/** As IAM counts: without white space. */
export const sizeOf = (document: PolicyDocument): number => JSON.stringify(document).replace(/\s/g, '').length
