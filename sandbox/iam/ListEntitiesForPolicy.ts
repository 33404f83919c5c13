import { defineOperation } from '../operation.ts'
import { attachmentsOf } from './attachments.ts'
import { group, role, type Scope, user } from './holder.ts'
import { findPolicy, policyNeeds } from './managed-policy.ts'
import { type PageInput, pageOfSorted } from './pagination.ts'
import { policyNotAttachable } from './policy-errors.ts'

interface Input extends PageInput {
  PolicyArn: string
  EntityFilter?: 'User' | 'Role' | 'Group' | 'LocalManagedPolicy' | 'AWSManagedPolicy'
  PathPrefix?: string
  PolicyUsageFilter?: 'PermissionsPolicy' | 'PermissionsBoundary'
}

const entityOf = (scope: Scope, kind: string, name: string) => {
  const holder = { role, user, group }[kind.replace('-boundary', '')]
  return holder?.find(scope, name)
}

const usages = {
  PermissionsPolicy: (kind: string) => !kind.endsWith('-boundary'),
  PermissionsBoundary: (kind: string) => kind.endsWith('-boundary'),
}

/** The three lists are always there, empty or not. */
export const ListEntitiesForPolicy = defineOperation<Input>({
  effect: 'reads',
  needs: call => policyNeeds(call, 'iam:ListEntitiesForPolicy', call.input.PolicyArn),
  handle(call) {
    const { PolicyArn, EntityFilter, PathPrefix = '/', PolicyUsageFilter } = call.input
    if (findPolicy(call, PolicyArn) === undefined) throw policyNotAttachable(PolicyArn)
    const holders = attachmentsOf(call, PolicyArn)
      .filter(({ kind }) => PolicyUsageFilter === undefined || usages[PolicyUsageFilter](kind))
      .filter(({ kind }) => EntityFilter === undefined || kind.replace('-boundary', '') === EntityFilter.toLowerCase())
      .flatMap(({ kind, name }) => entityOf(call, kind, name) ?? [])
      .filter(entity => entity.Path.startsWith(PathPrefix))
    const { items, rest } = pageOfSorted(
      [...new Map(holders.map(entity => [entity.Arn, entity])).values()],
      call.input,
      entity => entity.Arn,
    )
    return {
      PolicyGroups: items.flatMap(item =>
        'GroupId' in item ? { GroupName: item.GroupName, GroupId: item.GroupId } : [],
      ),
      PolicyUsers: items.flatMap(item => ('UserId' in item ? { UserName: item.UserName, UserId: item.UserId } : [])),
      PolicyRoles: items.flatMap(item => ('RoleId' in item ? { RoleName: item.RoleName, RoleId: item.RoleId } : [])),
      ...rest,
    }
  },
})
