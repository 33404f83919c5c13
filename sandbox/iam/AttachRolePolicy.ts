import { defineOperation } from '../operation.ts'
import { attachmentNeeds, attachPolicy } from './attached-policies.ts'
import { role } from './holder.ts'

interface Input {
  RoleName: string
  PolicyArn: string
}

export const AttachRolePolicy = defineOperation<Input>({
  effect: 'changes',
  needs: call => attachmentNeeds(call, role, 'iam:AttachRolePolicy', call.input.RoleName, call.input.PolicyArn),
  handle: call => attachPolicy(call, role, call.input.RoleName, call.input.PolicyArn),
})
