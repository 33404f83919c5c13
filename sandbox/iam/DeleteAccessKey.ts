import { defineOperation } from '../operation.ts'
import { keyNamed, removeKey } from './access-keys.ts'
import { user } from './holder.ts'
import { impliedUser, impliedUserNeeds } from './implied-user.ts'

interface Input {
  UserName?: string
  AccessKeyId: string
}

export const DeleteAccessKey = defineOperation<Input>({
  effect: 'changes',
  needs: call => impliedUserNeeds(call, 'iam:DeleteAccessKey', call.input.UserName),
  handle({ input, ...scope }) {
    const name = impliedUser(scope.caller, input.UserName)
    if (name !== null) user.named(scope, name)
    removeKey(scope, keyNamed(scope, name, input.AccessKeyId))
    return undefined
  },
})
