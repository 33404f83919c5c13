import { defineOperation } from '../operation.ts'
import { versionIsDefault } from './delete-conflict.ts'
import { ownPolicy, policyNeeds, savePolicy } from './managed-policy.ts'
import { versionNotFound } from './policy-errors.ts'

interface Input {
  PolicyArn: string
  VersionId: string
}

export const DeletePolicyVersion = defineOperation<Input>({
  effect: 'changes',
  needs: call => policyNeeds(call, 'iam:DeletePolicyVersion', call.input.PolicyArn),
  handle({ input: { PolicyArn, VersionId }, ...scope }) {
    const missing = versionNotFound(PolicyArn, VersionId)
    const policy = ownPolicy(scope, PolicyArn, 'delete policy versions for policies', missing)
    const versions = policy.versions.filter(version => version.VersionId !== VersionId)
    if (versions.length === policy.versions.length) throw missing
    if (VersionId === policy.DefaultVersionId) throw versionIsDefault()
    savePolicy(scope, { ...policy, versions })
    return undefined
  },
})
