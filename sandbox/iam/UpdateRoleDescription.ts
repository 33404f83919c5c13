import { defineOperation } from '../operation.ts'
import { role } from './holder.ts'
import { describedRole } from './role-output.ts'

interface Input {
  RoleName: string
  Description: string
}

export const UpdateRoleDescription = defineOperation<Input>({
  effect: 'changes',
  needs: call => role.needs(call, 'iam:UpdateRoleDescription', call.input.RoleName),
  handle({ input: { RoleName, Description }, ...scope }) {
    const changed = { ...role.named(scope, RoleName), Description }
    role.save(scope, changed)
    return { Role: describedRole(scope, changed) }
  },
})
