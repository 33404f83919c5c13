import { defineOperation } from '../operation.ts'
import { findPolicy, policyNeeds } from './managed-policy.ts'
import { policyNotFound } from './policy-errors.ts'
import { describedPolicy } from './policy-output.ts'

interface Input {
  PolicyArn: string
}

export const GetPolicy = defineOperation<Input>({
  effect: 'reads',
  needs: call => policyNeeds(call, 'iam:GetPolicy', call.input.PolicyArn),
  handle({ input, ...scope }) {
    const policy = findPolicy(scope, input.PolicyArn)
    if (policy === undefined) throw policyNotFound(input.PolicyArn)
    return { Policy: describedPolicy(scope, policy) }
  },
})
