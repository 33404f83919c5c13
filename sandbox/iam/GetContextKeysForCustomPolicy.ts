import { defineOperation } from '../operation.ts'
import { contextKeysOf } from './context-keys-of.ts'
import { givenPolicies } from './simulated-policies.ts'

interface Input {
  PolicyInputList: string[]
}

export const GetContextKeysForCustomPolicy = defineOperation<Input>({
  effect: 'reads',
  needs: () => [{ action: 'iam:GetContextKeysForCustomPolicy', resource: '*' }],
  handle: ({ input }) => ({
    ContextKeyNames: contextKeysOf(givenPolicies(input.PolicyInputList, 'PolicyInputList').map(policy => policy.text)),
  }),
})
