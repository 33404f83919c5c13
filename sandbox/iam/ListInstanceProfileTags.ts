import { defineOperation } from '../operation.ts'
import { instanceProfileNamed, instanceProfileNeeds } from './instance-profile.ts'
import { type PageInput, pageOfSorted } from './pagination.ts'

interface Input extends PageInput {
  InstanceProfileName: string
}

export const ListInstanceProfileTags = defineOperation<Input>({
  effect: 'reads',
  needs: call => instanceProfileNeeds(call, 'iam:ListInstanceProfileTags', call.input.InstanceProfileName),
  handle(call) {
    const { Tags } = instanceProfileNamed(call, call.input.InstanceProfileName)
    const { items, rest } = pageOfSorted(Tags, call.input, tag => tag.Key)
    return { Tags: items, ...rest }
  },
})
