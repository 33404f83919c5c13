import type { Call } from '../operation.ts'
import { type Repository, repositories } from './entities.ts'
import { repositoryNotFound } from './repository-errors.ts'

export type Scope = Pick<Call, 'state' | 'caller' | 'region'>

/** Members that nearly all repository operations take. */
export interface RepositoryInput {
  registryId?: string
  repositoryName: string
}

export const registryOf = ({ caller }: Pick<Scope, 'caller'>, registryId: string | undefined): string =>
  registryId ?? caller.accountId

export const repositoryArn = (region: string, registryId: string, name: string): string =>
  `arn:aws:ecr:${region}:${registryId}:repository/${name}`

export const findRepository = ({ state, region }: Scope, registryId: string, name: string): Repository | undefined =>
  state.get(repositories, registryId, region, name)

/** Throws RepositoryNotFoundException. */
export const repositoryNamed = (scope: Scope, { registryId, repositoryName }: RepositoryInput): Repository => {
  const owner = registryOf(scope, registryId)
  const repository = findRepository(scope, owner, repositoryName)
  if (repository === undefined) throw repositoryNotFound(repositoryName, owner)
  return repository
}

export const saveRepository = ({ state, region }: Scope, repository: Repository): void =>
  state.put(repositories, repository, repository.registryId, region, repository.repositoryName)

/** Start of the keys of all that lies in the repository. */
export const keyOf = ({ region }: Pick<Scope, 'region'>, { registryId, repositoryName }: Repository) =>
  [registryId, region, repositoryName] as const

export const repositoryOutput = (repository: Repository) => ({
  repositoryArn: repository.repositoryArn,
  registryId: repository.registryId,
  repositoryName: repository.repositoryName,
  repositoryUri: repository.repositoryUri,
  createdAt: new Date(repository.createdAt),
  imageTagMutability: repository.imageTagMutability,
  ...(repository.imageTagMutabilityExclusionFilters === undefined
    ? {}
    : { imageTagMutabilityExclusionFilters: repository.imageTagMutabilityExclusionFilters }),
  imageScanningConfiguration: { scanOnPush: repository.scanOnPush },
  encryptionConfiguration: repository.encryptionConfiguration ?? { encryptionType: 'AES256' },
})

/** `registryId` and `repositoryName`, as many outputs repeat them. */
export const namesOf = ({ registryId, repositoryName }: Repository) => ({ registryId, repositoryName })
