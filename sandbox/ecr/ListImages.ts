import { defineOperation } from '../operation.ts'
import type { Image } from './entities.ts'
import { hasStatus, imagesFrom, type TagStatus } from './image.ts'
import type { ImageId } from './image-errors.ts'
import { repositoryNeed } from './needs.ts'
import { type PageInput, page, readToken } from './pagination.ts'
import { type RepositoryInput, repositoryNamed } from './repository.ts'

interface Input extends RepositoryInput, PageInput {
  filter?: { tagStatus?: TagStatus }
}

/** One row per tag; an untagged image has one row without a tag. */
export const ListImages = defineOperation<Input>({
  effect: 'reads',
  needs: call => [repositoryNeed(call, 'ecr:ListImages', call.input)],
  handle({ input, ...scope }) {
    const [digest] = readToken(input.nextToken)?.split(' ') ?? []
    const rows = rowsOf(imagesFrom(scope, repositoryNamed(scope, input), digest), input.filter?.tagStatus)
    const { items, rest } = page(rows, input, ({ imageDigest, imageTag = '' }) => `${imageDigest} ${imageTag}`)
    return { imageIds: items, ...rest }
  },
})

function* rowsOf(images: Iterable<Image>, status: TagStatus | undefined): Generator<ImageId> {
  const has = hasStatus(status)
  for (const image of images) {
    if (!has(image)) continue
    const { imageDigest, imageTags } = image
    if (imageTags.length === 0) yield { imageDigest }
    for (const imageTag of imageTags) yield { imageDigest, imageTag }
  }
}
