import { defineOperation } from '../operation.ts'
import { group, user } from './holder.ts'
import { limitExceeded } from './limit-exceeded.ts'

const maximum = 10

interface Input {
  GroupName: string
  UserName: string
}

/** An unknown user is reported before an unknown group (recorded); adding a member again succeeds. */
export const AddUserToGroup = defineOperation<Input>({
  effect: 'changes',
  needs: call => group.needs(call, 'iam:AddUserToGroup', call.input.GroupName),
  handle({ input, ...scope }) {
    const member = user.named(scope, input.UserName)
    const name = group.named(scope, input.GroupName).GroupName.toLowerCase()
    if (member.groups.includes(name)) return undefined
    if (member.groups.length >= maximum) throw limitExceeded('GroupsPerUser', maximum)
    user.save(scope, { ...member, groups: [...member.groups, name] })
    return undefined
  },
})
