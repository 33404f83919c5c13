import { defineOperation } from '../operation.ts'
import type { Tag } from './entities.ts'
import { role } from './holder.ts'
import { requestTagContext, withTags } from './tags.ts'

interface Input {
  RoleName: string
  Tags: Tag[]
}

export const TagRole = defineOperation<Input>({
  effect: 'changes',
  needs: call => role.needs(call, 'iam:TagRole', call.input.RoleName, requestTagContext(call.input.Tags)),
  handle({ input, ...scope }) {
    const entity = role.named(scope, input.RoleName)
    role.save(scope, { ...entity, Tags: withTags(entity.Tags, input.Tags, 'insensitive', 'TagsPerRole') })
    return undefined
  },
})
