import { attachedPolicy } from './attached-policies.ts'
import { usageOf } from './attachments.ts'
import { encodeDocument } from './document.ts'
import {
  type Entity,
  type Group,
  groups,
  type ManagedPolicy,
  policies,
  type Role,
  roles,
  type User,
  users,
} from './entities.ts'
import { groupOutput } from './group-output.ts'
import { group, type Scope } from './holder.ts'
import { instanceProfileOutput, instanceProfilesOfRole } from './instance-profile.ts'
import { awsManagedPolicies } from './managed/index.ts'
import { boundaryOutput } from './permissions-boundary.ts'
import { describedVersion, listedPolicy } from './policy-output.ts'
import { detailedRole } from './role-output.ts'
import { listedUser } from './user-output.ts'

const inlineDetails = ({ inline }: Entity) =>
  Object.entries(inline).map(([PolicyName, text]) => ({ PolicyName, PolicyDocument: encodeDocument(text) }))

/** UserPolicyList is absent when it is empty; those of roles and groups are there (recorded). */
const userDetail = (scope: Scope, user: User) => ({
  ...listedUser(user),
  ...(Object.keys(user.inline).length === 0 ? {} : { UserPolicyList: inlineDetails(user) }),
  GroupList: user.groups.map(name => group.named(scope, name).GroupName),
  AttachedManagedPolicies: user.attached.map(attachedPolicy),
  ...boundaryOutput(user.PermissionsBoundary),
  Tags: user.Tags,
})

const groupDetail = (entity: Group) => ({
  ...groupOutput(entity),
  GroupPolicyList: inlineDetails(entity),
  AttachedManagedPolicies: entity.attached.map(attachedPolicy),
})

const roleDetail = (scope: Scope, role: Role) => ({
  ...detailedRole(scope, role),
  InstanceProfileList: instanceProfilesOfRole(scope, role.RoleName).map(profile =>
    instanceProfileOutput(scope, profile),
  ),
  RolePolicyList: inlineDetails(role),
  AttachedManagedPolicies: role.attached.map(attachedPolicy),
})

const policyDetail = (scope: Scope, policy: ManagedPolicy) => ({
  ...listedPolicy(scope, policy),
  ...(policy.Description === undefined ? {} : { Description: policy.Description }),
  PolicyVersionList: policy.versions.toReversed().map(version => describedVersion(policy, version)),
})

export type Filter = 'User' | 'Role' | 'Group' | 'LocalManagedPolicy' | 'AWSManagedPolicy'

export interface Detail {
  list: 'UserDetailList' | 'GroupDetailList' | 'RoleDetailList' | 'Policies'
  filter: Filter
  name: string
  show(): object
}

/** Everything of the account, to be shown in parts. AWS's managed policies are there when something uses them. */
export const detailsOf = (scope: Scope): Detail[] => {
  const account = [scope.caller.accountId]
  const values = <T>(rows: Iterable<{ value: T }>): T[] => Array.from(rows, ({ value }) => value)
  const used = (policy: ManagedPolicy): boolean => Object.values(usageOf(scope, policy.Arn)).some(uses => uses > 0)
  const policyDetails = (list: ManagedPolicy[], filter: Filter): Detail[] =>
    list.map(policy => ({ list: 'Policies', filter, name: policy.PolicyName, show: () => policyDetail(scope, policy) }))
  return [
    ...values(scope.state.list(users, account)).map(
      (user): Detail => ({
        list: 'UserDetailList',
        filter: 'User',
        name: user.UserName,
        show: () => userDetail(scope, user),
      }),
    ),
    ...values(scope.state.list(groups, account)).map(
      (entity): Detail => ({
        list: 'GroupDetailList',
        filter: 'Group',
        name: entity.GroupName,
        show: () => groupDetail(entity),
      }),
    ),
    ...values(scope.state.list(roles, account)).map(
      (role): Detail => ({
        list: 'RoleDetailList',
        filter: 'Role',
        name: role.RoleName,
        show: () => roleDetail(scope, role),
      }),
    ),
    ...policyDetails(values(scope.state.list(policies, account)), 'LocalManagedPolicy'),
    ...policyDetails([...awsManagedPolicies.values()].filter(used), 'AWSManagedPolicy'),
  ]
}
