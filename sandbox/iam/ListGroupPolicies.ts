import { defineOperation } from '../operation.ts'
import { group } from './holder.ts'
import { listInline } from './inline-policies.ts'
import type { PageInput } from './pagination.ts'

interface Input extends PageInput {
  GroupName: string
}

export const ListGroupPolicies = defineOperation<Input>({
  effect: 'reads',
  needs: call => group.needs(call, 'iam:ListGroupPolicies', call.input.GroupName),
  handle: call => listInline(call, group, call.input.GroupName),
})
