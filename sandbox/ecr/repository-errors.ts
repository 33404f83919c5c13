import { AwsError } from '../errors.ts'

const error = (code: string, message: string, fields?: Record<string, unknown>): AwsError =>
  new AwsError(code, 400, message, fields)

export const repositoryNotFound = (name: string, registryId: string): AwsError =>
  error(
    'RepositoryNotFoundException',
    `The repository with name '${name}' does not exist in the registry with id '${registryId}'`,
  )

export const repositoryAlreadyExists = (name: string, registryId: string): AwsError =>
  error(
    'RepositoryAlreadyExistsException',
    `The repository with name '${name}' already exists in the registry with id '${registryId}'`,
  )

export const repositoryNotEmpty = (name: string, registryId: string): AwsError =>
  error(
    'RepositoryNotEmptyException',
    `The repository with name '${name}' in registry with id '${registryId}' cannot be deleted because it still contains images`,
  )

/** Get and Delete of a repository policy or a lifecycle policy that was never set. */
export const policyNotFound = (kind: 'Repository' | 'Lifecycle', name: string, registryId: string): AwsError =>
  error(
    `${kind}PolicyNotFoundException`,
    `${kind} policy does not exist for the repository with name '${name}' in the registry with id '${registryId}'`,
  )

export const registryPolicyNotFound = (registryId: string): AwsError =>
  error('RegistryPolicyNotFoundException', `Registry policy does not exist in the registry with id '${registryId}'`)

export const invalidParameter = (parameter: string, constraint: string): AwsError =>
  error(
    'InvalidParameterException',
    `Invalid parameter at '${parameter}' failed to satisfy constraint: '${constraint}'`,
  )
