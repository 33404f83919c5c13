import { defineOperation } from '../operation.ts'
import { user } from './holder.ts'
import { deleteInline, inlineChangeNeeds } from './inline-policies.ts'

interface Input {
  UserName: string
  PolicyName: string
}

export const DeleteUserPolicy = defineOperation<Input>({
  effect: 'changes',
  needs: call => inlineChangeNeeds(call, user, 'iam:DeleteUserPolicy', call.input.UserName),
  handle: call => deleteInline(call, user, call.input.UserName, call.input.PolicyName),
})
