import { defineOperation } from '../operation.ts'
import { role } from './holder.ts'
import { type PageInput, pageOfList } from './pagination.ts'

interface Input extends PageInput {
  RoleName: string
}

/** In the order in which they were given (recorded). */
export const ListRoleTags = defineOperation<Input>({
  effect: 'reads',
  needs: call => role.needs(call, 'iam:ListRoleTags', call.input.RoleName),
  handle(call) {
    const { items, rest } = pageOfList(role.named(call, call.input.RoleName).Tags, call.input, tag => tag.Key)
    return { Tags: items, ...rest }
  },
})
