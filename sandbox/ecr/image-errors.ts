import { AwsError } from '../errors.ts'
import type { Repository } from './entities.ts'

const error = (code: string, message: string, fields?: Record<string, unknown>): AwsError =>
  new AwsError(code, 400, message, fields)

/** AWS writes the place in two ways: `in the registry with id` and `in registry with id`. */
const place = ({ repositoryName, registryId }: Repository, the: 'the ' | ''): string =>
  `the repository with name '${repositoryName}' in ${the}registry with id '${registryId}'`

const at = ({ repositoryName, registryId }: Repository): string =>
  `repository with name '${repositoryName}' in the registry with id '${registryId}'`

export interface ImageId {
  imageDigest?: string
  imageTag?: string
}

export const imageNotFound = ({ imageDigest, imageTag }: ImageId, repository: Repository): AwsError => {
  const id = `{imageDigest:'${imageDigest ?? 'null'}', imageTag:'${imageTag ?? 'null'}'}`
  return error(
    'ImageNotFoundException',
    `The image with imageId ${id} does not exist within ${place(repository, 'the ')}`,
  )
}

export const imageAlreadyExists = (digest: string, tag: string | undefined, repository: Repository): AwsError =>
  error(
    'ImageAlreadyExistsException',
    `Image with digest '${digest}' and tag '${tag ?? 'null'}' already exists in ${place(repository, '')}`,
  )

export const imageTagAlreadyExists = (tag: string, { repositoryName }: Repository): AwsError =>
  error(
    'ImageTagAlreadyExistsException',
    `The image tag '${tag}' already exists in the '${repositoryName}' repository and cannot be overwritten because the tag is immutable.`,
  )

export const layersMissing = (digests: readonly string[], repository: Repository): AwsError =>
  error(
    'LayersNotFoundException',
    `Layers with digests '[${digests.join(', ')}]' required for pushing image into ${at(repository)} do not exist`,
  )

export const layerNotFound = (digest: string, repository: Repository): AwsError =>
  error(
    'LayersNotFoundException',
    `The layer with digest '${digest}' does not exist within ${place(repository, 'the ')}`,
  )

export const emptyUpload = (uploadId: string, repository: Repository): AwsError =>
  error(
    'EmptyUploadException',
    `The upload with id '${uploadId}' in ${place(repository, '')} cannot be completed because it does not have any parts`,
  )

export const layerPartTooSmall = (): AwsError =>
  error('LayerPartTooSmallException', 'All layer parts except the last part should be at least 5MB')
