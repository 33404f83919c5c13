import { defineOperation } from '../operation.ts'
import type { ExclusionFilter, Repository } from './entities.ts'
import { repositoryNeed } from './needs.ts'
import { namesOf, type RepositoryInput, repositoryNamed, saveRepository } from './repository.ts'
import { requireExclusionFilters } from './tag-mutability.ts'

interface Input extends RepositoryInput {
  imageTagMutability: Repository['imageTagMutability']
  imageTagMutabilityExclusionFilters?: ExclusionFilter[]
}

export const PutImageTagMutability = defineOperation<Input>({
  effect: 'changes',
  needs: call => [repositoryNeed(call, 'ecr:PutImageTagMutability', call.input)],
  handle({ input, ...scope }) {
    const { imageTagMutability, imageTagMutabilityExclusionFilters: filters } = input
    const { imageTagMutabilityExclusionFilters: _, ...repository } = repositoryNamed(scope, input)
    requireExclusionFilters(imageTagMutability, filters)
    const setting = {
      imageTagMutability,
      ...(filters === undefined ? {} : { imageTagMutabilityExclusionFilters: filters }),
    }
    saveRepository(scope, { ...repository, ...setting })
    return { ...namesOf(repository), ...setting }
  },
})
