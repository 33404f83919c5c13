import { defineOperation } from '../operation.ts'
import { role } from './holder.ts'
import { inlineChangeNeeds, putInline } from './inline-policies.ts'

interface Input {
  RoleName: string
  PolicyName: string
  PolicyDocument: string
}

export const PutRolePolicy = defineOperation<Input>({
  effect: 'changes',
  needs: call => inlineChangeNeeds(call, role, 'iam:PutRolePolicy', call.input.RoleName),
  handle: call => putInline(call, role, call.input.RoleName, call.input.PolicyName, call.input.PolicyDocument),
})
