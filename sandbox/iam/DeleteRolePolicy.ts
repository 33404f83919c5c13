import { defineOperation } from '../operation.ts'
import { role } from './holder.ts'
import { deleteInline, inlineChangeNeeds } from './inline-policies.ts'

interface Input {
  RoleName: string
  PolicyName: string
}

export const DeleteRolePolicy = defineOperation<Input>({
  effect: 'changes',
  needs: call => inlineChangeNeeds(call, role, 'iam:DeleteRolePolicy', call.input.RoleName),
  handle: call => deleteInline(call, role, call.input.RoleName, call.input.PolicyName),
})
