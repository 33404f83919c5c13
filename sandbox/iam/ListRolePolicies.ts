import { defineOperation } from '../operation.ts'
import { role } from './holder.ts'
import { listInline } from './inline-policies.ts'
import type { PageInput } from './pagination.ts'

interface Input extends PageInput {
  RoleName: string
}

export const ListRolePolicies = defineOperation<Input>({
  effect: 'reads',
  needs: call => role.needs(call, 'iam:ListRolePolicies', call.input.RoleName),
  handle: call => listInline(call, role, call.input.RoleName),
})
