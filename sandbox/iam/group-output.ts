import type { Group, User } from './entities.ts'
import { users } from './entities.ts'
import type { Scope } from './holder.ts'

export const groupOutput = (group: Group) => ({
  Path: group.Path,
  GroupName: group.GroupName,
  GroupId: group.GroupId,
  Arn: group.Arn,
  CreateDate: new Date(group.CreateDate),
})

export const membersOf = ({ state, caller }: Scope, { GroupName }: Group): User[] =>
  Array.from(state.list(users, [caller.accountId]), ({ value }) => value).filter(member =>
    member.groups.includes(GroupName.toLowerCase()),
  )
