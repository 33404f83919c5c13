import { defineOperation } from '../operation.ts'
import { stillAttached, stillHasInlinePolicies, stillInGroups } from './delete-conflict.ts'
import { groups } from './entities.ts'
import { membersOf } from './group-output.ts'
import { group } from './holder.ts'

interface Input {
  GroupName: string
}

export const DeleteGroup = defineOperation<Input>({
  effect: 'changes',
  needs: call => group.needs(call, 'iam:DeleteGroup', call.input.GroupName),
  handle({ input, ...scope }) {
    const entity = group.named(scope, input.GroupName)
    if (membersOf(scope, entity).length > 0) throw stillInGroups()
    if (entity.attached.length > 0) throw stillAttached()
    if (Object.keys(entity.inline).length > 0) throw stillHasInlinePolicies()
    scope.state.remove(groups, scope.caller.accountId, entity.GroupName.toLowerCase())
    return undefined
  },
})
