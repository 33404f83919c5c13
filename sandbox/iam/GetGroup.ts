import { defineOperation } from '../operation.ts'
import { groupOutput, membersOf } from './group-output.ts'
import { group } from './holder.ts'
import { type PageInput, pageOfSorted } from './pagination.ts'
import { listedUser } from './user-output.ts'

interface Input extends PageInput {
  GroupName: string
}

export const GetGroup = defineOperation<Input>({
  effect: 'reads',
  needs: call => group.needs(call, 'iam:GetGroup', call.input.GroupName),
  handle(call) {
    const found = group.named(call, call.input.GroupName)
    const { items, rest } = pageOfSorted(membersOf(call, found), call.input, member => member.UserName.toLowerCase())
    return { Group: groupOutput(found), Users: items.map(listedUser), ...rest }
  },
})
