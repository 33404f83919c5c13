import { defineOperation } from '../operation.ts'
import { groupOutput } from './group-output.ts'
import { group, user } from './holder.ts'
import { type PageInput, pageOfSorted } from './pagination.ts'

interface Input extends PageInput {
  UserName: string
}

export const ListGroupsForUser = defineOperation<Input>({
  effect: 'reads',
  needs: call => user.needs(call, 'iam:ListGroupsForUser', call.input.UserName),
  handle(call) {
    const { groups } = user.named(call, call.input.UserName)
    const { items, rest } = pageOfSorted(groups, call.input, name => name)
    return { Groups: items.map(name => groupOutput(group.named(call, name))), ...rest }
  },
})
