import { defineOperation } from '../operation.ts'
import { attachmentNeeds, detachPolicy } from './attached-policies.ts'
import { group } from './holder.ts'

interface Input {
  GroupName: string
  PolicyArn: string
}

export const DetachGroupPolicy = defineOperation<Input>({
  effect: 'changes',
  needs: call => attachmentNeeds(call, group, 'iam:DetachGroupPolicy', call.input.GroupName, call.input.PolicyArn),
  handle: call => detachPolicy(call, group, call.input.GroupName, call.input.PolicyArn),
})
