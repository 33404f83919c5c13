import { defineOperation } from '../operation.ts'
import { keysOf, namedOwner } from './access-keys.ts'
import { user } from './holder.ts'
import { impliedUser, impliedUserNeeds } from './implied-user.ts'
import { type PageInput, pageOfSorted } from './pagination.ts'

interface Input extends PageInput {
  UserName?: string
}

export const ListAccessKeys = defineOperation<Input>({
  effect: 'reads',
  needs: call => impliedUserNeeds(call, 'iam:ListAccessKeys', call.input.UserName),
  handle(call) {
    const name = impliedUser(call.caller, call.input.UserName)
    const owner = name === null ? null : user.named(call, name).UserName
    const { items, rest } = pageOfSorted(keysOf(call, owner), call.input, key => key.AccessKeyId)
    return {
      AccessKeyMetadata: items.map(key => ({
        ...namedOwner(key),
        AccessKeyId: key.AccessKeyId,
        Status: key.Status,
        CreateDate: new Date(key.CreateDate),
      })),
      ...rest,
    }
  },
})
