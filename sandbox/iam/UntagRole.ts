import { defineOperation } from '../operation.ts'
import { role } from './holder.ts'
import { tagKeysContext, withoutTags } from './tags.ts'

interface Input {
  RoleName: string
  TagKeys: string[]
}

export const UntagRole = defineOperation<Input>({
  effect: 'changes',
  needs: call => role.needs(call, 'iam:UntagRole', call.input.RoleName, tagKeysContext(call.input.TagKeys)),
  handle({ input, ...scope }) {
    const entity = role.named(scope, input.RoleName)
    role.save(scope, { ...entity, Tags: withoutTags(entity.Tags, input.TagKeys, 'insensitive') })
    return undefined
  },
})
