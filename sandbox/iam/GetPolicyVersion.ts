import { defineOperation } from '../operation.ts'
import { findPolicy, policyNeeds } from './managed-policy.ts'
import { versionNotFound } from './policy-errors.ts'
import { describedVersion } from './policy-output.ts'

interface Input {
  PolicyArn: string
  VersionId: string
}

export const GetPolicyVersion = defineOperation<Input>({
  effect: 'reads',
  needs: call => policyNeeds(call, 'iam:GetPolicyVersion', call.input.PolicyArn),
  handle({ input: { PolicyArn, VersionId }, ...scope }) {
    const policy = findPolicy(scope, PolicyArn)
    const version = policy?.versions.find(candidate => candidate.VersionId === VersionId)
    if (policy === undefined || version === undefined) throw versionNotFound(PolicyArn, VersionId)
    return { PolicyVersion: describedVersion(policy, version) }
  },
})
