import type { Image, Repository } from './entities.ts'
import { findByDigest, findByTag, findImage } from './image.ts'
import type { ImageId } from './image-errors.ts'
import { isDigest } from './manifest.ts'
import type { Scope } from './repository.ts'
import { unsureReasons } from './unsure.ts'

export interface ImageFailure {
  imageId: ImageId
  failureCode: string
  failureReason: string
}

const unsureFailure = (imageId: ImageId, failureCode: keyof typeof unsureReasons): ImageFailure => ({
  imageId,
  failureCode,
  failureReason: unsureReasons[failureCode],
})

/** Batch operations answer 200 and say of each image id what is wrong with it. */
export const lookUp = (scope: Scope, repository: Repository, id: ImageId): Image | ImageFailure => {
  const { imageDigest, imageTag } = id
  if (imageDigest === undefined && imageTag === undefined) {
    return unsureFailure(id, 'MissingDigestAndTag')
  }
  if (imageDigest !== undefined && !isDigest(imageDigest)) {
    return unsureFailure(id, 'InvalidImageDigest')
  }
  const image = findImage(scope, repository, id)
  if (image !== undefined) return image
  const both = imageDigest !== undefined && imageTag !== undefined
  return both && findByDigest(scope, repository, imageDigest) && findByTag(scope, repository, imageTag)
    ? unsureFailure(id, 'ImageTagDoesNotMatchDigest')
    : { imageId: id, failureCode: 'ImageNotFound', failureReason: 'Requested image not found' }
}

export const isFailure = (result: Image | ImageFailure): result is ImageFailure => 'failureCode' in result
