import type { Image, Repository } from './entities.ts'
import { findByDigest, findByTag, findImage } from './image.ts'
import type { ImageId } from './image-errors.ts'
import { isDigest } from './manifest.ts'
import type { Scope } from './repository.ts'

export interface ImageFailure {
  imageId: ImageId
  failureCode: string
  failureReason: string
}

const failure = (imageId: ImageId, failureCode: string, failureReason: string): ImageFailure => ({
  imageId,
  failureCode,
  failureReason,
})

/** Batch operations answer 200 and say of each image id what is wrong with it. Only `ImageNotFound` is recorded; other reasons unsure. */
export const lookUp = (scope: Scope, repository: Repository, id: ImageId): Image | ImageFailure => {
  const { imageDigest, imageTag } = id
  if (imageDigest === undefined && imageTag === undefined) {
    return failure(id, 'MissingDigestAndTag', 'Invalid request parameters: both tag and digest cannot be null')
  }
  if (imageDigest !== undefined && !isDigest(imageDigest)) {
    return failure(id, 'InvalidImageDigest', 'Invalid request parameters: image digest should satisfy the regex')
  }
  const image = findImage(scope, repository, id)
  if (image !== undefined) return image
  const both = imageDigest !== undefined && imageTag !== undefined
  return both && findByDigest(scope, repository, imageDigest) && findByTag(scope, repository, imageTag)
    ? failure(id, 'ImageTagDoesNotMatchDigest', 'Requested image tag does not match the digest')
    : failure(id, 'ImageNotFound', 'Requested image not found')
}

export const isFailure = (result: Image | ImageFailure): result is ImageFailure => 'failureCode' in result
