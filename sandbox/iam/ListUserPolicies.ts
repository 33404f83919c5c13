import { defineOperation } from '../operation.ts'
import { user } from './holder.ts'
import { listInline } from './inline-policies.ts'
import type { PageInput } from './pagination.ts'

interface Input extends PageInput {
  UserName: string
}

export const ListUserPolicies = defineOperation<Input>({
  effect: 'reads',
  needs: call => user.needs(call, 'iam:ListUserPolicies', call.input.UserName),
  handle: call => listInline(call, user, call.input.UserName),
})
