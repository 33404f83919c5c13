import type { Tag } from '../iam/entities.ts'
import type { Repository } from './entities.ts'
import { type RepositoryInput, repositoryNamed, type Scope } from './repository.ts'
import { unsure } from './unsure.ts'

const pattern = /^arn:aws[a-z-]*:ecr:[a-z0-9-]+:(\d{12}):repository\/([a-z0-9._/-]{2,256})$/

/** Only repositories carry tags. What is no repository's ARN keeps its text as the name, so that authorization comes first. */
export const repositoryOfArn = (resourceArn: string): RepositoryInput => {
  const [, registryId, repositoryName] = pattern.exec(resourceArn) ?? []
  return registryId === undefined || repositoryName === undefined
    ? { repositoryName: resourceArn.replace(/[^\w:./-]/g, '_').slice(0, 256) }
    : { registryId, repositoryName }
}

/** Throws InvalidParameterException for what is no repository's ARN, RepositoryNotFoundException. */
export const taggedRepository = (scope: Scope, resourceArn: string): Repository => {
  const input = repositoryOfArn(resourceArn)
  if (input.registryId === undefined) throw unsure.invalidArn()
  return repositoryNamed(scope, input)
}

/** ECR's tag keys are the same only letter for letter. */
export const mergeTags = ({ Tags, repositoryArn }: Repository, given: readonly Tag[]): Tag[] => {
  const merged = new Map([...Tags, ...given].map(({ Key, Value }) => [Key, { Key, Value }]))
  if (merged.size > 50) throw unsure.tooManyTags(repositoryArn)
  return [...merged.values()]
}
