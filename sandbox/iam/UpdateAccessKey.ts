import { defineOperation } from '../operation.ts'
import { keyNamed, saveKey } from './access-keys.ts'
import { user } from './holder.ts'
import { impliedUser, impliedUserNeeds } from './implied-user.ts'

interface Input {
  UserName?: string
  AccessKeyId: string
  Status: 'Active' | 'Inactive'
}

export const UpdateAccessKey = defineOperation<Input>({
  effect: 'changes',
  needs: call => impliedUserNeeds(call, 'iam:UpdateAccessKey', call.input.UserName),
  handle({ input, ...scope }) {
    const name = impliedUser(scope.caller, input.UserName)
    if (name !== null) user.named(scope, name)
    saveKey(scope, { ...keyNamed(scope, name, input.AccessKeyId), Status: input.Status })
    return undefined
  },
})
