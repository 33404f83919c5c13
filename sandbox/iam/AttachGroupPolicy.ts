import { defineOperation } from '../operation.ts'
import { attachmentNeeds, attachPolicy } from './attached-policies.ts'
import { group } from './holder.ts'

interface Input {
  GroupName: string
  PolicyArn: string
}

export const AttachGroupPolicy = defineOperation<Input>({
  effect: 'changes',
  needs: call => attachmentNeeds(call, group, 'iam:AttachGroupPolicy', call.input.GroupName, call.input.PolicyArn),
  handle: call => attachPolicy(call, group, call.input.GroupName, call.input.PolicyArn),
})
