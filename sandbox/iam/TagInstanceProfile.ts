import { defineOperation } from '../operation.ts'
import type { Tag } from './entities.ts'
import { instanceProfileNamed, instanceProfileNeeds, saveInstanceProfile } from './instance-profile.ts'
import { requestTagContext, withTags } from './tags.ts'

interface Input {
  InstanceProfileName: string
  Tags: Tag[]
}

export const TagInstanceProfile = defineOperation<Input>({
  effect: 'changes',
  needs: call =>
    instanceProfileNeeds(
      call,
      'iam:TagInstanceProfile',
      call.input.InstanceProfileName,
      requestTagContext(call.input.Tags),
    ),
  handle({ input, ...scope }) {
    const profile = instanceProfileNamed(scope, input.InstanceProfileName)
    saveInstanceProfile(scope, {
      ...profile,
      Tags: withTags(profile.Tags, input.Tags, 'sensitive', 'TagsPerInstanceProfile'),
    })
    return undefined
  },
})
