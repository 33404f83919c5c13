import { defineOperation } from '../operation.ts'
import { attachmentNeeds, detachPolicy } from './attached-policies.ts'
import { role } from './holder.ts'

interface Input {
  RoleName: string
  PolicyArn: string
}

export const DetachRolePolicy = defineOperation<Input>({
  effect: 'changes',
  needs: call => attachmentNeeds(call, role, 'iam:DetachRolePolicy', call.input.RoleName, call.input.PolicyArn),
  handle: call => detachPolicy(call, role, call.input.RoleName, call.input.PolicyArn),
})
