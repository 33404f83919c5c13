import { defineOperation } from '../operation.ts'
import { registryPolicies } from './entities.ts'
import { registryNeed } from './needs.ts'
import { registryPolicyOutput, resolveRegistryPolicy } from './registry-policy.ts'

interface Input {
  policyText: string
}

export const PutRegistryPolicy = defineOperation<Input>({
  effect: 'changes',
  needs: call => [registryNeed(call, 'ecr:PutRegistryPolicy')],
  handle(call) {
    const text = resolveRegistryPolicy(call.input.policyText, call.state)
    call.state.put(registryPolicies, text, call.caller.accountId, call.region)
    return registryPolicyOutput(call, text)
  },
})
