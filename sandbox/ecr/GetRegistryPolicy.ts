import { defineOperation } from '../operation.ts'
import { registryNeed } from './needs.ts'
import { registryPolicyOf, registryPolicyOutput } from './registry-policy.ts'

export const GetRegistryPolicy = defineOperation<Record<string, never>>({
  effect: 'reads',
  needs: call => [registryNeed(call, 'ecr:GetRegistryPolicy')],
  handle: call => registryPolicyOutput(call, registryPolicyOf(call)),
})
