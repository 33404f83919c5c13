import { defineOperation } from '../operation.ts'
import { listAttached } from './attached-policies.ts'
import { group } from './holder.ts'
import type { PageInput } from './pagination.ts'

interface Input extends PageInput {
  GroupName: string
  PathPrefix?: string
}

export const ListAttachedGroupPolicies = defineOperation<Input>({
  effect: 'reads',
  needs: call => group.needs(call, 'iam:ListAttachedGroupPolicies', call.input.GroupName),
  handle: call => listAttached(call, group.named(call, call.input.GroupName).attached),
})
