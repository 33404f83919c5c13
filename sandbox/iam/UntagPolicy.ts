import { defineOperation } from '../operation.ts'
import { ownPolicy, policyNeeds, savePolicy } from './managed-policy.ts'
import { policyNotFound } from './policy-errors.ts'
import { tagKeysContext, withoutTags } from './tags.ts'

interface Input {
  PolicyArn: string
  TagKeys: string[]
}

export const UntagPolicy = defineOperation<Input>({
  effect: 'changes',
  needs: call => policyNeeds(call, 'iam:UntagPolicy', call.input.PolicyArn, tagKeysContext(call.input.TagKeys)),
  handle({ input: { PolicyArn, TagKeys }, ...scope }) {
    const policy = ownPolicy(scope, PolicyArn, 'update policies', policyNotFound(PolicyArn))
    savePolicy(scope, { ...policy, Tags: withoutTags(policy.Tags, TagKeys, 'sensitive') })
    return undefined
  },
})
