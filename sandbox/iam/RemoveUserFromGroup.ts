import { defineOperation } from '../operation.ts'
import { group, user } from './holder.ts'

interface Input {
  GroupName: string
  UserName: string
}

/** Removing who is no member succeeds. */
export const RemoveUserFromGroup = defineOperation<Input>({
  effect: 'changes',
  needs: call => group.needs(call, 'iam:RemoveUserFromGroup', call.input.GroupName),
  handle({ input, ...scope }) {
    const member = user.named(scope, input.UserName)
    const name = group.named(scope, input.GroupName).GroupName.toLowerCase()
    user.save(scope, { ...member, groups: member.groups.filter(other => other !== name) })
    return undefined
  },
})
