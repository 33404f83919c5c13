import { defineOperation } from '../operation.ts'
import { registryPolicies } from './entities.ts'
import { registryNeed } from './needs.ts'
import { registryPolicyOf, registryPolicyOutput } from './registry-policy.ts'

export const DeleteRegistryPolicy = defineOperation<Record<string, never>>({
  effect: 'changes',
  needs: call => [registryNeed(call, 'ecr:DeleteRegistryPolicy')],
  handle(call) {
    const text = registryPolicyOf(call)
    call.state.remove(registryPolicies, call.caller.accountId, call.region)
    return registryPolicyOutput(call, text)
  },
})
