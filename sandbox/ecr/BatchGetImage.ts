import { defineOperation } from '../operation.ts'
import { imageOutput } from './image.ts'
import type { ImageId } from './image-errors.ts'
import { isFailure, lookUp } from './image-failures.ts'
import { repositoryNeed } from './needs.ts'
import { type RepositoryInput, repositoryNamed } from './repository.ts'

interface Input extends RepositoryInput {
  imageIds: ImageId[]
  acceptedMediaTypes?: string[]
}

/** Manifests come back as they were put: acceptedMediaTypes converts nothing here. */
export const BatchGetImage = defineOperation<Input>({
  effect: 'reads',
  needs: call => [repositoryNeed(call, 'ecr:BatchGetImage', call.input)],
  handle({ input, ...scope }) {
    const repository = repositoryNamed(scope, input)
    const results = input.imageIds.map(id => ({ id, result: lookUp(scope, repository, id) }))
    return {
      images: results.flatMap(({ id, result }) =>
        isFailure(result) ? [] : [imageOutput(repository, result, id.imageTag)],
      ),
      failures: results.flatMap(({ result }) => (isFailure(result) ? [result] : [])),
    }
  },
})
