import { defineOperation } from '../operation.ts'
import { role } from './holder.ts'
import { getInline } from './inline-policies.ts'

interface Input {
  RoleName: string
  PolicyName: string
}

export const GetRolePolicy = defineOperation<Input>({
  effect: 'reads',
  needs: call => role.needs(call, 'iam:GetRolePolicy', call.input.RoleName),
  handle: ({ input, ...scope }) => ({
    RoleName: role.nameOf(role.named(scope, input.RoleName)),
    ...getInline(scope, role, input.RoleName, input.PolicyName),
  }),
})
