import { validateIdentityPolicy } from '../../policy/index.ts'
import { AwsError } from '../errors.ts'
import { defineOperation } from '../operation.ts'
import type { PolicyVersion } from './entities.ts'
import { ownPolicy, policyNeeds, savePolicy } from './managed-policy.ts'
import { policyNotAttachable } from './policy-errors.ts'
import { listedVersion } from './policy-output.ts'
import { refuse } from './refuse.ts'

interface Input {
  PolicyArn: string
  PolicyDocument: string
  SetAsDefault?: boolean
}

const full =
  'A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.'

/** Numbers are never used again: after v2 of five is deleted the next is v6. */
export const CreatePolicyVersion = defineOperation<Input>({
  effect: 'changes',
  needs: call => policyNeeds(call, 'iam:CreatePolicyVersion', call.input.PolicyArn),
  handle({ input, now, ...scope }) {
    const { PolicyArn, PolicyDocument, SetAsDefault = false } = input
    const policy = ownPolicy(scope, PolicyArn, 'update policies', policyNotAttachable(PolicyArn))
    refuse(validateIdentityPolicy(PolicyDocument, 'managed'))
    if (policy.versions.length >= 5) throw new AwsError('LimitExceeded', 409, full)
    const lastVersion = policy.lastVersion + 1
    const version: PolicyVersion = { VersionId: `v${lastVersion}`, Document: PolicyDocument, CreateDate: now }
    const next = {
      ...policy,
      lastVersion,
      UpdateDate: now,
      versions: [...policy.versions, version],
      DefaultVersionId: SetAsDefault ? version.VersionId : policy.DefaultVersionId,
    }
    savePolicy(scope, next)
    return { PolicyVersion: listedVersion(next, version) }
  },
})
