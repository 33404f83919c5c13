import { defineOperation } from '../operation.ts'
import { controlPoliciesOf } from '../organization.ts'
import type { Group, Role, User } from './entities.ts'
import type { Scope } from './holder.ts'
import { givenPolicies, managedPolicy, policiesOfEntity, type SimulatedPolicy } from './simulated-policies.ts'
import { simulate } from './simulation.ts'
import type { SimulationInput } from './simulation-input.ts'
import { simulationNeeds, sourceOf } from './simulation-source.ts'

interface Input extends SimulationInput {
  PolicySourceArn: string
}

/** The boundary given in the request takes the place of the entity's own. */
const boundaryOf = (scope: Scope, entity: User | Role | Group, input: Input): SimulatedPolicy | null => {
  const [given] = givenPolicies(input.PermissionsBoundaryPolicyInputList, 'PermissionsBoundaryPolicyInputList')
  if (given !== undefined) return given
  const arn = 'PermissionsBoundary' in entity ? entity.PermissionsBoundary : undefined
  return arn === undefined ? null : managedPolicy(scope, arn)
}

/** A group cannot call: its policies are judged as those of a user without a name. */
const callerArn = (entity: User | Role | Group, accountId: string): string =>
  'GroupId' in entity ? `arn:aws:iam::${accountId}:user/*` : entity.Arn

export const SimulatePrincipalPolicy = defineOperation<Input>({
  effect: 'reads',
  needs: ({ input }) => simulationNeeds('iam:SimulatePrincipalPolicy', input.PolicySourceArn),
  handle({ input, ...scope }) {
    const { accountId } = scope.caller
    const entity = sourceOf(scope, input.PolicySourceArn)
    return simulate(input, {
      principal: callerArn(entity, accountId),
      accountId,
      identity: [...policiesOfEntity(scope, entity), ...givenPolicies(input.PolicyInputList, 'PolicyInputList')],
      boundary: boundaryOf(scope, entity, input),
      scps: controlPoliciesOf(scope.state, accountId, accountId).scps,
    })
  },
})
