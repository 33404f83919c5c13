import { defineOperation } from '../operation.ts'
import { role } from './holder.ts'
import { refuseProtected } from './protected-role.ts'
import { resolveTrustPolicy } from './trust-policy.ts'

interface Input {
  RoleName: string
  PolicyDocument: string
}

export const UpdateAssumeRolePolicy = defineOperation<Input>({
  effect: 'changes',
  needs: call => role.needs(call, 'iam:UpdateAssumeRolePolicy', call.input.RoleName),
  handle({ input, ...scope }) {
    const entity = role.named(scope, input.RoleName)
    refuseProtected(entity)
    role.save(scope, { ...entity, AssumeRolePolicyDocument: resolveTrustPolicy(input.PolicyDocument, scope.state) })
    return undefined
  },
})
