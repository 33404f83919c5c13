import { defineOperation } from '../operation.ts'
import { repositoryNeed } from './needs.ts'
import { repositoryOfArn, taggedRepository } from './tagged-resource.ts'

interface Input {
  resourceArn: string
}

export const ListTagsForResource = defineOperation<Input>({
  effect: 'reads',
  needs: ({ input, ...scope }) => [
    repositoryNeed(scope, 'ecr:ListTagsForResource', repositoryOfArn(input.resourceArn)),
  ],
  handle: ({ input, ...scope }) => ({ tags: taggedRepository(scope, input.resourceArn).Tags }),
})
