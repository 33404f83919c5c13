import { defineOperation } from '../operation.ts'
import { repositoryNeed } from './needs.ts'
import { saveRepository } from './repository.ts'
import { repositoryOfArn, taggedRepository } from './tagged-resource.ts'

interface Input {
  resourceArn: string
  tagKeys: string[]
}

export const UntagResource = defineOperation<Input>({
  effect: 'changes',
  needs: ({ input, ...scope }) => [
    repositoryNeed(scope, 'ecr:UntagResource', repositoryOfArn(input.resourceArn), { 'aws:TagKeys': input.tagKeys }),
  ],
  handle({ input, ...scope }) {
    const repository = taggedRepository(scope, input.resourceArn)
    saveRepository(scope, { ...repository, Tags: repository.Tags.filter(tag => !input.tagKeys.includes(tag.Key)) })
    return {}
  },
})
