import type { Tag } from '../iam/entities.ts'
import { defineOperation } from '../operation.ts'
import { repositoryNeed, requestTagContext } from './needs.ts'
import { saveRepository } from './repository.ts'
import { mergeTags, repositoryOfArn, taggedRepository } from './tagged-resource.ts'

interface Input {
  resourceArn: string
  tags: Tag[]
}

export const TagResource = defineOperation<Input>({
  effect: 'changes',
  needs: ({ input, ...scope }) => [
    repositoryNeed(scope, 'ecr:TagResource', repositoryOfArn(input.resourceArn), requestTagContext(input.tags)),
  ],
  handle({ input, ...scope }) {
    const repository = taggedRepository(scope, input.resourceArn)
    saveRepository(scope, { ...repository, Tags: mergeTags(repository, input.tags) })
    return {}
  },
})
