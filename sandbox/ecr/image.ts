import { type Image, images, imageTags, type Repository } from './entities.ts'
import type { ImageId } from './image-errors.ts'
import { keyOf, namesOf, type Scope } from './repository.ts'

export const isTag = (text: string): boolean => /^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$/.test(text)

export const findByDigest = (scope: Scope, repository: Repository, digest: string): Image | undefined =>
  scope.state.get(images, ...keyOf(scope, repository), digest)

export const findByTag = (scope: Scope, repository: Repository, tag: string): Image | undefined => {
  // The model sets no pattern for tags: only what can be one may become a key.
  if (!isTag(tag)) return undefined
  const digest = scope.state.get(imageTags, ...keyOf(scope, repository), tag)
  return digest === undefined ? undefined : findByDigest(scope, repository, digest)
}

/** With both, the tag must be on the image of the digest. */
export const findImage = (
  scope: Scope,
  repository: Repository,
  { imageDigest, imageTag }: ImageId,
): Image | undefined => {
  if (imageTag === undefined)
    return imageDigest === undefined ? undefined : findByDigest(scope, repository, imageDigest)
  const image = findByTag(scope, repository, imageTag)
  return imageDigest === undefined || image?.imageDigest === imageDigest ? image : undefined
}

export const imagesOf = (scope: Scope, repository: Repository): Image[] =>
  Array.from(scope.state.list(images, keyOf(scope, repository)), ({ value }) => value)

/** In the order of their digests, from this one on: a page reads what it shows, however many images there are. */
export function* imagesFrom(scope: Scope, repository: Repository, digest: string | undefined): Generator<Image> {
  const prefix = keyOf(scope, repository)
  if (digest !== undefined) {
    const first = scope.state.get(images, ...prefix, digest)
    if (first !== undefined) yield first
  }
  const rest = scope.state.list(images, prefix, digest === undefined ? undefined : [...prefix, digest])
  for (const { value } of rest) yield value
}

export const saveImage = (scope: Scope, repository: Repository, image: Image): void =>
  scope.state.put(images, image, ...keyOf(scope, repository), image.imageDigest)

/** Puts the tag on the image and takes it from the image that had it. Returns the image as it now is. */
export const moveTag = (scope: Scope, repository: Repository, tag: string, image: Image): Image => {
  const before = findByTag(scope, repository, tag)
  if (before !== undefined) saveImage(scope, repository, untagged(before, tag))
  const tagged = { ...image, imageTags: [...new Set([...image.imageTags, tag])].sort() }
  saveImage(scope, repository, tagged)
  scope.state.put(imageTags, image.imageDigest, ...keyOf(scope, repository), tag)
  return tagged
}

export const untagged = (image: Image, tag: string): Image => ({
  ...image,
  imageTags: image.imageTags.filter(other => other !== tag),
})

/** As PutImage and BatchGetImage show it: under the tag that was asked for. */
export const imageOutput = (repository: Repository, image: Image, imageTag: string | undefined) => ({
  ...namesOf(repository),
  imageId: { imageDigest: image.imageDigest, ...(imageTag === undefined ? {} : { imageTag }) },
  imageManifest: image.imageManifest,
  imageManifestMediaType: image.imageManifestMediaType,
})

export type TagStatus = 'TAGGED' | 'UNTAGGED' | 'ANY'

export const hasStatus =
  (status: TagStatus = 'ANY') =>
  (image: Image): boolean =>
    status === 'ANY' || (status === 'TAGGED') === image.imageTags.length > 0
