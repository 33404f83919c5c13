import { defineOperation } from '../operation.ts'
import { type Image, layers, type Repository } from './entities.ts'
import { findByDigest, findByTag, imageOutput, isTag, moveTag, saveImage } from './image.ts'
import { imageAlreadyExists, imageTagAlreadyExists, layersMissing } from './image-errors.ts'
import { digestOf, type Manifest, readManifest } from './manifest.ts'
import { repositoryNeed } from './needs.ts'
import { keyOf, type RepositoryInput, repositoryNamed, type Scope } from './repository.ts'
import { isImmutable } from './tag-mutability.ts'
import { unsure } from './unsure.ts'

interface Input extends RepositoryInput {
  imageManifest: string
  imageManifestMediaType?: string
  imageTag?: string
  imageDigest?: string
}

const requireContents = (scope: Scope, repository: Repository, manifest: Manifest): void => {
  const key = keyOf(scope, repository)
  const missing = manifest.blobs.map(blob => blob.digest).filter(digest => !scope.state.get(layers, ...key, digest))
  if (missing.length > 0) throw layersMissing([...new Set(missing)], repository)
  const absent = manifest.children.filter(digest => !findByDigest(scope, repository, digest))
  if (absent.length > 0) throw unsure.referencedImagesNotFound(absent, repository)
}

const newImage = (input: Input, digest: string, manifest: Manifest, now: number): Image => ({
  imageDigest: digest,
  imageManifest: input.imageManifest,
  imageManifestMediaType: manifest.mediaType,
  ...(manifest.artifactMediaType === undefined ? {} : { artifactMediaType: manifest.artifactMediaType }),
  imageTags: [],
  imageSizeInBytes: manifest.blobs.reduce((sum, blob) => sum + blob.size, 0),
  imagePushedAt: now,
  ...(manifest.children.length === 0 ? {} : { children: manifest.children }),
})

/** The digest is that of the exact bytes. A mutable tag moves; the same digest and tag again is an error even then. */
export const PutImage = defineOperation<Input>({
  effect: 'changes',
  needs: call => [repositoryNeed(call, 'ecr:PutImage', call.input)],
  handle({ input, now, ...scope }) {
    const { imageTag, imageDigest } = input
    const repository = repositoryNamed(scope, input)
    if (imageTag !== undefined && !isTag(imageTag)) throw unsure.tagFormat()
    const manifest = readManifest(input.imageManifest, input.imageManifestMediaType)
    const digest = digestOf(input.imageManifest)
    if (imageDigest !== undefined && imageDigest !== digest) throw unsure.imageDigestDoesNotMatch(imageDigest, digest)
    const known = findByDigest(scope, repository, digest)
    if (known && (imageTag === undefined || known.imageTags.includes(imageTag))) {
      throw imageAlreadyExists(digest, imageTag, repository)
    }
    if (imageTag !== undefined && findByTag(scope, repository, imageTag) && isImmutable(repository, imageTag)) {
      throw imageTagAlreadyExists(imageTag, repository)
    }
    requireContents(scope, repository, manifest)
    const image = known ?? newImage(input, digest, manifest, now)
    if (imageTag === undefined) saveImage(scope, repository, image)
    else moveTag(scope, repository, imageTag, image)
    return { image: imageOutput(repository, image, imageTag) }
  },
})
