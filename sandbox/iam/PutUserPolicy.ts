import { defineOperation } from '../operation.ts'
import { user } from './holder.ts'
import { inlineChangeNeeds, putInline } from './inline-policies.ts'

interface Input {
  UserName: string
  PolicyName: string
  PolicyDocument: string
}

export const PutUserPolicy = defineOperation<Input>({
  effect: 'changes',
  needs: call => inlineChangeNeeds(call, user, 'iam:PutUserPolicy', call.input.UserName),
  handle: call => putInline(call, user, call.input.UserName, call.input.PolicyName, call.input.PolicyDocument),
})
