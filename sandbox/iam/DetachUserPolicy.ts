import { defineOperation } from '../operation.ts'
import { attachmentNeeds, detachPolicy } from './attached-policies.ts'
import { user } from './holder.ts'

interface Input {
  UserName: string
  PolicyArn: string
}

export const DetachUserPolicy = defineOperation<Input>({
  effect: 'changes',
  needs: call => attachmentNeeds(call, user, 'iam:DetachUserPolicy', call.input.UserName, call.input.PolicyArn),
  handle: call => detachPolicy(call, user, call.input.UserName, call.input.PolicyArn),
})
