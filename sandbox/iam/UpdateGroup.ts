import { defineOperation } from '../operation.ts'
import { groups } from './entities.ts'
import { groupExists } from './group-exists.ts'
import { membersOf } from './group-output.ts'
import { group, user } from './holder.ts'
import { moveAttachments } from './rename.ts'

interface Input {
  GroupName: string
  NewPath?: string
  NewGroupName?: string
}

/** A rename keeps the unique id, the policies and the members; permission is needed on the old name and on the new one. */
export const UpdateGroup = defineOperation<Input>({
  effect: 'changes',
  needs({ input, ...scope }) {
    const { GroupName, NewPath, NewGroupName } = input
    const old = group.needs(scope, 'iam:UpdateGroup', GroupName)
    if (NewPath === undefined && NewGroupName === undefined) return old
    const path = NewPath ?? group.find(scope, GroupName)?.Path ?? '/'
    return [...old, { action: 'iam:UpdateGroup', resource: group.arn(scope, path, NewGroupName ?? GroupName) }]
  },
  handle({ input, ...scope }) {
    const entity = group.named(scope, input.GroupName)
    const GroupName = input.NewGroupName ?? entity.GroupName
    const Path = input.NewPath ?? entity.Path
    const [from, to] = [entity.GroupName.toLowerCase(), GroupName.toLowerCase()]
    if (from !== to && group.find(scope, GroupName)) throw groupExists(GroupName)
    for (const member of membersOf(scope, entity)) {
      user.save(scope, { ...member, groups: member.groups.map(name => (name === from ? to : name)) })
    }
    moveAttachments(scope, 'group', entity, from, to)
    scope.state.remove(groups, scope.caller.accountId, from)
    group.save(scope, { ...entity, GroupName, Path, Arn: group.arn(scope, Path, GroupName) })
    return undefined
  },
})
