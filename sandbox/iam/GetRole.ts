import { defineOperation } from '../operation.ts'
import { role } from './holder.ts'
import { describedRole } from './role-output.ts'

interface Input {
  RoleName: string
}

export const GetRole = defineOperation<Input>({
  effect: 'reads',
  needs: call => role.needs(call, 'iam:GetRole', call.input.RoleName),
  handle: call => ({ Role: describedRole(call, role.named(call, call.input.RoleName)) }),
})
