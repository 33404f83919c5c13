import { defineOperation } from '../operation.ts'
import { findPolicy, policyNeeds } from './managed-policy.ts'
import { type PageInput, pageOfList } from './pagination.ts'
import { policyNotFound } from './policy-errors.ts'
import { inOrder } from './policy-output.ts'

interface Input extends PageInput {
  PolicyArn: string
}

export const ListPolicyTags = defineOperation<Input>({
  effect: 'reads',
  needs: call => policyNeeds(call, 'iam:ListPolicyTags', call.input.PolicyArn),
  handle(call) {
    const policy = findPolicy(call, call.input.PolicyArn)
    if (policy === undefined) throw policyNotFound(call.input.PolicyArn)
    const { items, rest } = pageOfList(inOrder(policy.Tags), call.input, tag => tag.Key)
    return { Tags: items, ...rest }
  },
})
