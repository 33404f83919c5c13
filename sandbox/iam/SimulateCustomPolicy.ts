import { defineOperation } from '../operation.ts'
import { givenPolicies } from './simulated-policies.ts'
import { simulate } from './simulation.ts'
import type { SimulationInput } from './simulation-input.ts'

/** Only what the request carries takes part; without a CallerArn a user without a name asks. */
export const SimulateCustomPolicy = defineOperation<SimulationInput>({
  effect: 'reads',
  needs: () => [{ action: 'iam:SimulateCustomPolicy', resource: '*' }],
  handle({ input, caller: { accountId } }) {
    const [boundary = null] = givenPolicies(
      input.PermissionsBoundaryPolicyInputList,
      'PermissionsBoundaryPolicyInputList',
    )
    return simulate(input, {
      principal: `arn:aws:iam::${accountId}:user/*`,
      accountId,
      identity: givenPolicies(input.PolicyInputList, 'PolicyInputList'),
      boundary,
    })
  },
})
