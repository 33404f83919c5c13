import { defineOperation } from '../operation.ts'
import { type Image, images, imageTags, type Repository } from './entities.ts'
import { imagesOf, saveImage, untagged } from './image.ts'
import type { ImageId } from './image-errors.ts'
import { type ImageFailure, isFailure, lookUp } from './image-failures.ts'
import { repositoryNeed } from './needs.ts'
import { keyOf, type RepositoryInput, repositoryNamed, type Scope } from './repository.ts'
import { unsureReasons } from './unsure.ts'

interface Input extends RepositoryInput {
  imageIds: ImageId[]
}

const removeImage = (scope: Scope, repository: Repository, image: Image): ImageId[] => {
  const key = keyOf(scope, repository)
  scope.state.remove(images, ...key, image.imageDigest)
  for (const tag of image.imageTags) scope.state.remove(imageTags, ...key, tag)
  const { imageDigest } = image
  return image.imageTags.length === 0 ? [{ imageDigest }] : image.imageTags.map(imageTag => ({ imageDigest, imageTag }))
}

const removeTag = (scope: Scope, repository: Repository, image: Image, imageTag: string): ImageId[] => {
  saveImage(scope, repository, untagged(image, imageTag))
  scope.state.remove(imageTags, ...keyOf(scope, repository), imageTag)
  return [{ imageDigest: image.imageDigest, imageTag }]
}

const referrers = (scope: Scope, repository: Repository, { imageDigest }: Image): string[] =>
  imagesOf(scope, repository).flatMap(image => (image.children?.includes(imageDigest) ? [image.imageDigest] : []))

/** By tag the tag goes, and with the last one the image; by digest the image and all its tags. */
const remove = (scope: Scope, repository: Repository, id: ImageId): ImageId[] | ImageFailure => {
  const image = lookUp(scope, repository, id)
  if (isFailure(image)) return image
  const { imageTag } = id
  if (imageTag !== undefined && image.imageTags.length > 1) return removeTag(scope, repository, image, imageTag)
  const lists = referrers(scope, repository, image)
  if (lists.length === 0) return removeImage(scope, repository, image)
  const failureReason = `${unsureReasons.ImageReferencedByManifestList}: [${lists.join(', ')}]`
  return { imageId: id, failureCode: 'ImageReferencedByManifestList', failureReason }
}

export const BatchDeleteImage = defineOperation<Input>({
  effect: 'changes',
  needs: call => [repositoryNeed(call, 'ecr:BatchDeleteImage', call.input)],
  handle({ input, ...scope }) {
    const repository = repositoryNamed(scope, input)
    const results = input.imageIds.map(id => remove(scope, repository, id))
    return {
      imageIds: results.flatMap(result => (Array.isArray(result) ? result : [])),
      failures: results.flatMap(result => (Array.isArray(result) ? [] : [result])),
    }
  },
})
