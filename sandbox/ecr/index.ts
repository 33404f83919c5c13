import type { AnyOperation } from '../operation.ts'
import { BatchCheckLayerAvailability } from './BatchCheckLayerAvailability.ts'
import { BatchDeleteImage } from './BatchDeleteImage.ts'
import { BatchGetImage } from './BatchGetImage.ts'
import { BatchGetRepositoryScanningConfiguration } from './BatchGetRepositoryScanningConfiguration.ts'
import { CompleteLayerUpload } from './CompleteLayerUpload.ts'
import { CreateRepository } from './CreateRepository.ts'
import { DeleteLifecyclePolicy } from './DeleteLifecyclePolicy.ts'
import { DeleteRegistryPolicy } from './DeleteRegistryPolicy.ts'
import { DeleteRepository } from './DeleteRepository.ts'
import { DeleteRepositoryPolicy } from './DeleteRepositoryPolicy.ts'
import { DescribeImageScanFindings } from './DescribeImageScanFindings.ts'
import { DescribeImages } from './DescribeImages.ts'
import { DescribeRegistry } from './DescribeRegistry.ts'
import { DescribeRepositories } from './DescribeRepositories.ts'
import { GetAuthorizationToken } from './GetAuthorizationToken.ts'
import { GetDownloadUrlForLayer } from './GetDownloadUrlForLayer.ts'
import { GetLifecyclePolicy } from './GetLifecyclePolicy.ts'
import { GetRegistryPolicy } from './GetRegistryPolicy.ts'
import { GetRegistryScanningConfiguration } from './GetRegistryScanningConfiguration.ts'
import { GetRepositoryPolicy } from './GetRepositoryPolicy.ts'
import { InitiateLayerUpload } from './InitiateLayerUpload.ts'
import { ListImages } from './ListImages.ts'
import { ListTagsForResource } from './ListTagsForResource.ts'
import { PutImage } from './PutImage.ts'
import { PutImageScanningConfiguration } from './PutImageScanningConfiguration.ts'
import { PutImageTagMutability } from './PutImageTagMutability.ts'
import { PutLifecyclePolicy } from './PutLifecyclePolicy.ts'
import { PutRegistryPolicy } from './PutRegistryPolicy.ts'
import { PutRegistryScanningConfiguration } from './PutRegistryScanningConfiguration.ts'
import { SetRepositoryPolicy } from './SetRepositoryPolicy.ts'
import { TagResource } from './TagResource.ts'
import { UntagResource } from './UntagResource.ts'
import { UploadLayerPart } from './UploadLayerPart.ts'

/** The ECR operations that the sandbox serves, by AWS's name. */
export const ecr = {
  BatchCheckLayerAvailability,
  BatchDeleteImage,
  BatchGetImage,
  BatchGetRepositoryScanningConfiguration,
  CompleteLayerUpload,
  CreateRepository,
  DeleteLifecyclePolicy,
  DeleteRegistryPolicy,
  DeleteRepository,
  DeleteRepositoryPolicy,
  DescribeImageScanFindings,
  DescribeImages,
  DescribeRegistry,
  DescribeRepositories,
  GetAuthorizationToken,
  GetDownloadUrlForLayer,
  GetLifecyclePolicy,
  GetRegistryPolicy,
  GetRegistryScanningConfiguration,
  GetRepositoryPolicy,
  InitiateLayerUpload,
  ListImages,
  ListTagsForResource,
  PutImage,
  PutImageScanningConfiguration,
  PutImageTagMutability,
  PutLifecyclePolicy,
  PutRegistryPolicy,
  PutRegistryScanningConfiguration,
  SetRepositoryPolicy,
  TagResource,
  UntagResource,
  UploadLayerPart,
} satisfies Record<string, AnyOperation>
