import { defineOperation } from '../operation.ts'
import { group } from './holder.ts'
import { getInline } from './inline-policies.ts'

interface Input {
  GroupName: string
  PolicyName: string
}

export const GetGroupPolicy = defineOperation<Input>({
  effect: 'reads',
  needs: call => group.needs(call, 'iam:GetGroupPolicy', call.input.GroupName),
  handle: ({ input, ...scope }) => ({
    GroupName: group.nameOf(group.named(scope, input.GroupName)),
    ...getInline(scope, group, input.GroupName, input.PolicyName),
  }),
})
