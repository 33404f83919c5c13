import { defineOperation } from '../operation.ts'
import type { Image, Repository } from './entities.ts'
import { findImage, hasStatus, imagesFrom, type TagStatus } from './image.ts'
import { type ImageId, imageNotFound } from './image-errors.ts'
import { repositoryNeed } from './needs.ts'
import { type PageInput, page, readToken } from './pagination.ts'
import { namesOf, type RepositoryInput, repositoryNamed } from './repository.ts'

interface Input extends RepositoryInput, PageInput {
  imageIds?: ImageId[]
  filter?: { tagStatus?: TagStatus }
}

const detail = (repository: Repository, image: Image) => ({
  ...namesOf(repository),
  imageDigest: image.imageDigest,
  ...(image.imageTags.length === 0 ? {} : { imageTags: image.imageTags }),
  imageSizeInBytes: image.imageSizeInBytes,
  imagePushedAt: new Date(image.imagePushedAt),
  imageManifestMediaType: image.imageManifestMediaType,
  ...(image.artifactMediaType === undefined ? {} : { artifactMediaType: image.artifactMediaType }),
  imageStatus: 'ACTIVE',
})

/** One row per digest. The first id that is not there fails the whole call. */
export const DescribeImages = defineOperation<Input>({
  effect: 'reads',
  needs: call => [repositoryNeed(call, 'ecr:DescribeImages', call.input)],
  handle({ input, ...scope }) {
    const repository = repositoryNamed(scope, input)
    if (input.imageIds !== undefined) {
      const found = input.imageIds.map(id => {
        const image = findImage(scope, repository, id)
        if (image === undefined) throw imageNotFound(id, repository)
        return image
      })
      const once = [...new Map(found.map(image => [image.imageDigest, image])).values()]
      return { imageDetails: once.map(image => detail(repository, image)) }
    }
    const has = hasStatus(input.filter?.tagStatus)
    const wanted = (function* () {
      for (const image of imagesFrom(scope, repository, readToken(input.nextToken))) if (has(image)) yield image
    })()
    const { items, rest } = page(wanted, input, image => image.imageDigest)
    return { imageDetails: items.map(image => detail(repository, image)), ...rest }
  },
})
