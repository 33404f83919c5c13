import { defineOperation } from '../operation.ts'
import { ownPolicy, policyNeeds, savePolicy } from './managed-policy.ts'
import { versionNotFound } from './policy-errors.ts'

interface Input {
  PolicyArn: string
  VersionId: string
}

export const SetDefaultPolicyVersion = defineOperation<Input>({
  effect: 'changes',
  needs: call => policyNeeds(call, 'iam:SetDefaultPolicyVersion', call.input.PolicyArn),
  handle({ input: { PolicyArn, VersionId }, now, ...scope }) {
    const missing = versionNotFound(PolicyArn, VersionId)
    const policy = ownPolicy(scope, PolicyArn, 'update policies', missing)
    if (!policy.versions.some(version => version.VersionId === VersionId)) throw missing
    savePolicy(scope, { ...policy, DefaultVersionId: VersionId, UpdateDate: now })
    return undefined
  },
})
