import { defineOperation } from '../operation.ts'
import { group } from './holder.ts'
import { deleteInline, inlineChangeNeeds } from './inline-policies.ts'

interface Input {
  GroupName: string
  PolicyName: string
}

export const DeleteGroupPolicy = defineOperation<Input>({
  effect: 'changes',
  needs: call => inlineChangeNeeds(call, group, 'iam:DeleteGroupPolicy', call.input.GroupName),
  handle: call => deleteInline(call, group, call.input.GroupName, call.input.PolicyName),
})
