import { defineOperation } from '../operation.ts'
import { instanceProfileNamed, instanceProfileNeeds, saveInstanceProfile } from './instance-profile.ts'
import { tagKeysContext, withoutTags } from './tags.ts'

interface Input {
  InstanceProfileName: string
  TagKeys: string[]
}

export const UntagInstanceProfile = defineOperation<Input>({
  effect: 'changes',
  needs: call =>
    instanceProfileNeeds(
      call,
      'iam:UntagInstanceProfile',
      call.input.InstanceProfileName,
      tagKeysContext(call.input.TagKeys),
    ),
  handle({ input, ...scope }) {
    const profile = instanceProfileNamed(scope, input.InstanceProfileName)
    saveInstanceProfile(scope, { ...profile, Tags: withoutTags(profile.Tags, input.TagKeys, 'sensitive') })
    return undefined
  },
})
