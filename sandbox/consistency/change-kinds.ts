import { registryPolicies, repositories } from '../ecr/entities.ts'
import { accessKeys, groups, policies, roles, uniqueIds, users } from '../iam/entities.ts'

/** What propagates on AWS before it is enforced everywhere. Sessions do not: STS's credentials carry their own proof. */
export type ChangeKind = 'role' | 'user' | 'group' | 'policy' | 'access-key' | 'repository'

/** By the name of the table that holds it. */
export const changeKinds: Readonly<Record<string, ChangeKind>> = {
  [roles.name]: 'role',
  [uniqueIds.name]: 'role',
  [users.name]: 'user',
  [groups.name]: 'group',
  [policies.name]: 'policy',
  [accessKeys.name]: 'access-key',
  [repositories.name]: 'repository',
  [registryPolicies.name]: 'repository',
}
