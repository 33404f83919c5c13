import { defineOperation } from '../operation.ts'
import { contextKeysOf } from './context-keys-of.ts'
import { givenPolicies, policiesOfEntity } from './simulated-policies.ts'
import { simulationNeeds, sourceOf } from './simulation-source.ts'

interface Input {
  PolicySourceArn: string
  PolicyInputList?: string[]
}

export const GetContextKeysForPrincipalPolicy = defineOperation<Input>({
  effect: 'reads',
  needs: ({ input }) => simulationNeeds('iam:GetContextKeysForPrincipalPolicy', input.PolicySourceArn),
  handle({ input, ...scope }) {
    const own = policiesOfEntity(scope, sourceOf(scope, input.PolicySourceArn))
    const all = [...own, ...givenPolicies(input.PolicyInputList, 'PolicyInputList')]
    return { ContextKeyNames: contextKeysOf(all.map(policy => policy.text)) }
  },
})
