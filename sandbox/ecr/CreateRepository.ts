import type { Tag } from '../iam/entities.ts'
import { defineOperation } from '../operation.ts'
import type { EncryptionConfiguration, ExclusionFilter, Repository } from './entities.ts'
import { repositoryNeed, requestTagContext, resourceTagContext } from './needs.ts'
import {
  findRepository,
  type RepositoryInput,
  registryOf,
  repositoryArn,
  repositoryOutput,
  saveRepository,
} from './repository.ts'
import { repositoryAlreadyExists } from './repository-errors.ts'
import { requireExclusionFilters } from './tag-mutability.ts'

interface Input extends RepositoryInput {
  tags?: Tag[]
  imageTagMutability?: Repository['imageTagMutability']
  imageTagMutabilityExclusionFilters?: ExclusionFilter[]
  imageScanningConfiguration?: { scanOnPush?: boolean }
  encryptionConfiguration?: EncryptionConfiguration
}

/** Checked on the ARN of the new repository; tags need ecr:TagResource on it too, and are condition keys of both kinds. */
export const CreateRepository = defineOperation<Input>({
  effect: 'changes',
  needs({ input, ...scope }) {
    const context = { ...resourceTagContext(input.tags ?? []), ...requestTagContext(input.tags) }
    const create = repositoryNeed(scope, 'ecr:CreateRepository', input, context)
    return input.tags?.length ? [create, { ...create, action: 'ecr:TagResource' }] : [create]
  },
  handle({ input, now, ...scope }) {
    const { repositoryName, imageTagMutability = 'MUTABLE', imageTagMutabilityExclusionFilters: filters } = input
    const registryId = registryOf(scope, input.registryId)
    requireExclusionFilters(imageTagMutability, filters)
    if (findRepository(scope, registryId, repositoryName)) throw repositoryAlreadyExists(repositoryName, registryId)
    const repository: Repository = {
      repositoryName,
      repositoryArn: repositoryArn(scope.region, registryId, repositoryName),
      registryId,
      repositoryUri: `${registryId}.dkr.ecr.${scope.region}.amazonaws.com/${repositoryName}`,
      createdAt: now,
      imageTagMutability,
      ...(filters === undefined ? {} : { imageTagMutabilityExclusionFilters: filters }),
      scanOnPush: input.imageScanningConfiguration?.scanOnPush ?? false,
      ...(input.encryptionConfiguration === undefined
        ? {}
        : { encryptionConfiguration: input.encryptionConfiguration }),
      Tags: input.tags ?? [],
    }
    saveRepository(scope, repository)
    return { repository: repositoryOutput(repository) }
  },
})
