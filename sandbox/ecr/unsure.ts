import { AwsError } from '../errors.ts'
import type { Repository } from './entities.ts'
import type { ImageId } from './image-errors.ts'
import { invalidParameter } from './repository-errors.ts'

/**
 * Texts for which no record of AWS's answer was found. The codes are those of ECR's service model; the sentences follow the pattern of
 * the recorded ones. Nothing should compare them.
 */
const error = (code: string, message: string, fields?: Record<string, unknown>): AwsError =>
  new AwsError(code, 400, message, fields)

const at = ({ repositoryName, registryId }: Repository): string =>
  `in the repository with name '${repositoryName}' in registry with id '${registryId}'`

export const unsure = {
  uploadNotFound: (uploadId: string, repository: Repository) =>
    error('UploadNotFoundException', `The upload with id '${uploadId}' ${at(repository)} does not exist`),

  invalidLayerPart: (uploadId: string, lastValidByteReceived: number, { registryId, repositoryName }: Repository) =>
    error(
      'InvalidLayerPartException',
      `The layer part does not follow byte ${lastValidByteReceived}, the last one received`,
      {
        registryId,
        repositoryName,
        uploadId,
        lastValidByteReceived,
      },
    ),

  invalidLayer: (digest: string, repository: Repository) =>
    error(
      'InvalidLayerException',
      `The layer uploaded ${at(repository)} has the digest '${digest}', not one of those given`,
    ),

  layerAlreadyExists: (digest: string, repository: Repository) =>
    error('LayerAlreadyExistsException', `The layer with digest '${digest}' already exists ${at(repository)}`),

  referencedImagesNotFound: (digests: readonly string[], repository: Repository) =>
    error(
      'ReferencedImagesNotFoundException',
      `Images with digests '[${digests.join(', ')}]' required for pushing image into repository with name '${repository.repositoryName}' in the registry with id '${repository.registryId}' do not exist`,
    ),

  imageDigestDoesNotMatch: (given: string, computed: string) =>
    error(
      'ImageDigestDoesNotMatchException',
      `The provided digest '${given}' does not match the image's digest '${computed}'`,
    ),

  scanNotFound: ({ imageDigest, imageTag }: ImageId, repository: Repository) =>
    error(
      'ScanNotFoundException',
      `Image scan does not exist for the image with '{imageDigest:'${imageDigest ?? 'null'}', imageTag:'${imageTag ?? 'null'}'}' ${at(repository)}`,
    ),

  lockOut: () => error('InvalidParameterException', 'The policy would prevent the caller from setting a new policy'),

  invalidDescriptor: () => invalidParameter('ImageManifest', 'Invalid descriptor in manifest'),

  notJson: () => invalidParameter('ImageManifest', 'Invalid JSON syntax'),

  schemaVersion: () => invalidParameter('ImageManifest', 'Unsupported manifest schema version'),

  mediaTypeMissing: () =>
    invalidParameter('imageManifestMediaType', 'must be given when the manifest has no mediaType'),

  mediaTypeDiffers: () => invalidParameter('imageManifestMediaType', 'must be the mediaType of the manifest'),

  tagFormat: () => invalidParameter('imageTag', "must satisfy regular expression '[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}'"),

  exclusionFilters: (what: string) => invalidParameter('imageTagMutabilityExclusionFilters', what),

  namesWithPages: () => invalidParameter('maxResults', 'must not be given with repositoryNames'),

  invalidToken: () => invalidParameter('nextToken', 'Invalid token'),

  invalidArn: () => invalidParameter('resourceArn', 'Invalid ARN'),

  /** The prefix is recorded, what follows is not. */
  lifecycle: (detail: string) =>
    invalidParameter('LifecyclePolicyText', `Lifecycle policy validation failure: ${detail}`),

  tooManyTags: (arn: string) => error('TooManyTagsException', `The repository '${arn}' cannot have more than 50 tags`),
} as const

/** Why one id of a batch failed: the codes are the model's, only the reason of ImageNotFound is recorded. */
export const unsureReasons = {
  MissingDigestAndTag: 'Invalid request parameters: both tag and digest cannot be null',
  InvalidImageDigest: 'Invalid request parameters: image digest should satisfy the regex',
  ImageTagDoesNotMatchDigest: 'Requested image tag does not match the digest',
  ImageReferencedByManifestList: 'Requested image referenced by manifest list',
  InvalidLayerDigest: 'Layer digest must satisfy the regex: [a-zA-Z0-9-_+.]+:[a-fA-F0-9]+',
  REPOSITORY_NOT_FOUND: 'Repository not found',
} as const
