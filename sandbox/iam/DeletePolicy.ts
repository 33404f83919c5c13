import { defineOperation } from '../operation.ts'
import { usageOf } from './attachments.ts'
import { policyHasVersions, policyStillAttached } from './delete-conflict.ts'
import { policies } from './entities.ts'
import { ownPolicy, policyNeeds } from './managed-policy.ts'
import { policyNotFound } from './policy-errors.ts'
import { unsure } from './unsure.ts'

interface Input {
  PolicyArn: string
}

export const DeletePolicy = defineOperation<Input>({
  effect: 'changes',
  needs: call => policyNeeds(call, 'iam:DeletePolicy', call.input.PolicyArn),
  handle({ input: { PolicyArn }, ...scope }) {
    const policy = ownPolicy(scope, PolicyArn, 'delete policies', policyNotFound(PolicyArn))
    const usage = usageOf(scope, PolicyArn)
    if (usage.AttachmentCount > 0) throw policyStillAttached()
    if (usage.PermissionsBoundaryUsageCount > 0) throw unsure.policyStillBoundary()
    if (policy.versions.length > 1) throw policyHasVersions()
    scope.state.remove(policies, scope.caller.accountId, policy.PolicyName.toLowerCase())
    return undefined
  },
})
