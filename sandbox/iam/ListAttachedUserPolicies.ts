import { defineOperation } from '../operation.ts'
import { listAttached } from './attached-policies.ts'
import { user } from './holder.ts'
import type { PageInput } from './pagination.ts'

interface Input extends PageInput {
  UserName: string
  PathPrefix?: string
}

export const ListAttachedUserPolicies = defineOperation<Input>({
  effect: 'reads',
  needs: call => user.needs(call, 'iam:ListAttachedUserPolicies', call.input.UserName),
  handle: call => listAttached(call, user.named(call, call.input.UserName).attached),
})
