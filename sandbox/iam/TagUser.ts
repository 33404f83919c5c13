import { defineOperation } from '../operation.ts'
import type { Tag } from './entities.ts'
import { user } from './holder.ts'
import { requestTagContext, withTags } from './tags.ts'

interface Input {
  UserName: string
  Tags: Tag[]
}

export const TagUser = defineOperation<Input>({
  effect: 'changes',
  needs: call => user.needs(call, 'iam:TagUser', call.input.UserName, requestTagContext(call.input.Tags)),
  handle({ input, ...scope }) {
    const entity = user.named(scope, input.UserName)
    user.save(scope, { ...entity, Tags: withTags(entity.Tags, input.Tags, 'insensitive', 'TagsPerUser') })
    return undefined
  },
})
