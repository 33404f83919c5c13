import type { AnyOperation } from '../operation.ts'
import { BatchCheckLayerAvailability } from './BatchCheckLayerAvailability.ts'
import { BatchDeleteImage } from './BatchDeleteImage.ts'
import { BatchGetImage } from './BatchGetImage.ts'
import { CompleteLayerUpload } from './CompleteLayerUpload.ts'
import { CreateRepository } from './CreateRepository.ts'
import { DeleteRepository } from './DeleteRepository.ts'
import { DeleteRepositoryPolicy } from './DeleteRepositoryPolicy.ts'
import { DescribeImages } from './DescribeImages.ts'
import { DescribeRepositories } from './DescribeRepositories.ts'
import { GetAuthorizationToken } from './GetAuthorizationToken.ts'
import { GetDownloadUrlForLayer } from './GetDownloadUrlForLayer.ts'
import { GetRepositoryPolicy } from './GetRepositoryPolicy.ts'
import { InitiateLayerUpload } from './InitiateLayerUpload.ts'
import { ListImages } from './ListImages.ts'
import { ListTagsForResource } from './ListTagsForResource.ts'
import { PutImage } from './PutImage.ts'
import { SetRepositoryPolicy } from './SetRepositoryPolicy.ts'
import { TagResource } from './TagResource.ts'
import { UntagResource } from './UntagResource.ts'
import { UploadLayerPart } from './UploadLayerPart.ts'

/** The ECR operations that the sandbox serves, by AWS's name. */
export const ecr = {
  BatchCheckLayerAvailability,
  BatchDeleteImage,
  BatchGetImage,
  CompleteLayerUpload,
  CreateRepository,
  DeleteRepository,
  DeleteRepositoryPolicy,
  DescribeImages,
  DescribeRepositories,
  GetAuthorizationToken,
  GetDownloadUrlForLayer,
  GetRepositoryPolicy,
  InitiateLayerUpload,
  ListImages,
  ListTagsForResource,
  PutImage,
  SetRepositoryPolicy,
  TagResource,
  UntagResource,
  UploadLayerPart,
} satisfies Record<string, AnyOperation>
