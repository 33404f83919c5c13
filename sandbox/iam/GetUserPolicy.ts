import { defineOperation } from '../operation.ts'
import { user } from './holder.ts'
import { getInline } from './inline-policies.ts'

interface Input {
  UserName: string
  PolicyName: string
}

export const GetUserPolicy = defineOperation<Input>({
  effect: 'reads',
  needs: call => user.needs(call, 'iam:GetUserPolicy', call.input.UserName),
  handle: ({ input, ...scope }) => ({
    UserName: user.nameOf(user.named(scope, input.UserName)),
    ...getInline(scope, user, input.UserName, input.PolicyName),
  }),
})
