import { defineOperation } from '../operation.ts'
import { findImage } from './image.ts'
import { type ImageId, imageNotFound } from './image-errors.ts'
import { repositoryNeed } from './needs.ts'
import { type RepositoryInput, repositoryNamed } from './repository.ts'
import { unsure } from './unsure.ts'

interface Input extends RepositoryInput {
  imageId: ImageId
}

/** Nothing is ever scanned here, so no image has findings. */
export const DescribeImageScanFindings = defineOperation<Input>({
  effect: 'reads',
  needs: call => [repositoryNeed(call, 'ecr:DescribeImageScanFindings', call.input)],
  handle({ input, ...scope }) {
    const repository = repositoryNamed(scope, input)
    if (!findImage(scope, repository, input.imageId)) throw imageNotFound(input.imageId, repository)
    throw unsure.scanNotFound(input.imageId, repository)
  },
})
