import { defineOperation } from '../operation.ts'
import { listAttached } from './attached-policies.ts'
import { role } from './holder.ts'
import type { PageInput } from './pagination.ts'

interface Input extends PageInput {
  RoleName: string
  PathPrefix?: string
}

export const ListAttachedRolePolicies = defineOperation<Input>({
  effect: 'reads',
  needs: call => role.needs(call, 'iam:ListAttachedRolePolicies', call.input.RoleName),
  handle: call => listAttached(call, role.named(call, call.input.RoleName).attached),
})
