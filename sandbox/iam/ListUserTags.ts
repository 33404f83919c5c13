import { defineOperation } from '../operation.ts'
import { user } from './holder.ts'
import { type PageInput, pageOfList } from './pagination.ts'

interface Input extends PageInput {
  UserName: string
}

/** In the order in which they were given (recorded). */
export const ListUserTags = defineOperation<Input>({
  effect: 'reads',
  needs: call => user.needs(call, 'iam:ListUserTags', call.input.UserName),
  handle(call) {
    const { items, rest } = pageOfList(user.named(call, call.input.UserName).Tags, call.input, tag => tag.Key)
    return { Tags: items, ...rest }
  },
})
