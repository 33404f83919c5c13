import { defineOperation } from '../operation.ts'
import { group } from './holder.ts'
import { inlineChangeNeeds, putInline } from './inline-policies.ts'

interface Input {
  GroupName: string
  PolicyName: string
  PolicyDocument: string
}

export const PutGroupPolicy = defineOperation<Input>({
  effect: 'changes',
  needs: call => inlineChangeNeeds(call, group, 'iam:PutGroupPolicy', call.input.GroupName),
  handle: call => putInline(call, group, call.input.GroupName, call.input.PolicyName, call.input.PolicyDocument),
})
