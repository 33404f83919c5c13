import { defineOperation } from '../operation.ts'
import { hasStatus, imagesOf, type TagStatus } from './image.ts'
import { repositoryNeed } from './needs.ts'
import { type PageInput, page } from './pagination.ts'
import { type RepositoryInput, repositoryNamed } from './repository.ts'

interface Input extends RepositoryInput, PageInput {
  filter?: { tagStatus?: TagStatus }
}

/** One row per tag; an untagged image has one row without a tag. */
export const ListImages = defineOperation<Input>({
  effect: 'reads',
  needs: call => [repositoryNeed(call, 'ecr:ListImages', call.input)],
  handle({ input, ...scope }) {
    const rows = imagesOf(scope, repositoryNamed(scope, input))
      .filter(hasStatus(input.filter?.tagStatus))
      .flatMap(({ imageDigest, imageTags }) =>
        imageTags.length === 0 ? [{ imageDigest }] : imageTags.map(imageTag => ({ imageDigest, imageTag })),
      )
    const { items, rest } = page(rows, input, row => `${row.imageDigest} ${'imageTag' in row ? row.imageTag : ''}`)
    return { imageIds: items, ...rest }
  },
})
