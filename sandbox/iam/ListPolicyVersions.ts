import { defineOperation } from '../operation.ts'
import { findPolicy, policyNeeds } from './managed-policy.ts'
import { type PageInput, pageOfList } from './pagination.ts'
import { policyNotAttachable } from './policy-errors.ts'
import { listedVersion } from './policy-output.ts'

interface Input extends PageInput {
  PolicyArn: string
}

/** Newest first, without the documents. */
export const ListPolicyVersions = defineOperation<Input>({
  effect: 'reads',
  needs: call => policyNeeds(call, 'iam:ListPolicyVersions', call.input.PolicyArn),
  handle(call) {
    const policy = findPolicy(call, call.input.PolicyArn)
    if (policy === undefined) throw policyNotAttachable(call.input.PolicyArn)
    const { items, rest } = pageOfList(policy.versions.toReversed(), call.input, version => version.VersionId)
    return { Versions: items.map(version => listedVersion(policy, version)), ...rest }
  },
})
