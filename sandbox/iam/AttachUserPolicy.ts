import { defineOperation } from '../operation.ts'
import { attachmentNeeds, attachPolicy } from './attached-policies.ts'
import { user } from './holder.ts'

interface Input {
  UserName: string
  PolicyArn: string
}

export const AttachUserPolicy = defineOperation<Input>({
  effect: 'changes',
  needs: call => attachmentNeeds(call, user, 'iam:AttachUserPolicy', call.input.UserName, call.input.PolicyArn),
  handle: call => attachPolicy(call, user, call.input.UserName, call.input.PolicyArn),
})
