import { defineOperation } from '../operation.ts'
import type { Tag } from './entities.ts'
import { ownPolicy, policyNeeds, savePolicy } from './managed-policy.ts'
import { policyNotFound } from './policy-errors.ts'
import { requestTagContext, withTags } from './tags.ts'

interface Input {
  PolicyArn: string
  Tags: Tag[]
}

export const TagPolicy = defineOperation<Input>({
  effect: 'changes',
  needs: call => policyNeeds(call, 'iam:TagPolicy', call.input.PolicyArn, requestTagContext(call.input.Tags)),
  handle({ input: { PolicyArn, Tags }, ...scope }) {
    const policy = ownPolicy(scope, PolicyArn, 'update policies', policyNotFound(PolicyArn))
    savePolicy(scope, { ...policy, Tags: withTags(policy.Tags, Tags, 'sensitive', 'TagsPerPolicy') })
    return undefined
  },
})
