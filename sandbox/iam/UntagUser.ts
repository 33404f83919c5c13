import { defineOperation } from '../operation.ts'
import { user } from './holder.ts'
import { tagKeysContext, withoutTags } from './tags.ts'

interface Input {
  UserName: string
  TagKeys: string[]
}

export const UntagUser = defineOperation<Input>({
  effect: 'changes',
  needs: call => user.needs(call, 'iam:UntagUser', call.input.UserName, tagKeysContext(call.input.TagKeys)),
  handle({ input, ...scope }) {
    const entity = user.named(scope, input.UserName)
    user.save(scope, { ...entity, Tags: withoutTags(entity.Tags, input.TagKeys, 'insensitive') })
    return undefined
  },
})
