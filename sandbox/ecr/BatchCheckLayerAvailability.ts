import { defineOperation } from '../operation.ts'
import { layers } from './entities.ts'
import { isDigest } from './manifest.ts'
import { repositoryNeed } from './needs.ts'
import { keyOf, type RepositoryInput, repositoryNamed } from './repository.ts'
import { unsureReasons } from './unsure.ts'

interface Input extends RepositoryInput {
  layerDigests: string[]
}

/** A well-formed digest that is not there is UNAVAILABLE (unsure); a malformed one is a failure, not an error. */
export const BatchCheckLayerAvailability = defineOperation<Input>({
  effect: 'reads',
  needs: call => [repositoryNeed(call, 'ecr:BatchCheckLayerAvailability', call.input)],
  handle({ input, ...scope }) {
    const key = keyOf(scope, repositoryNamed(scope, input))
    return {
      layers: input.layerDigests.filter(isDigest).map(layerDigest => {
        const layer = scope.state.get(layers, ...key, layerDigest)
        return layer === undefined
          ? { layerDigest, layerAvailability: 'UNAVAILABLE' }
          : { layerDigest, layerAvailability: 'AVAILABLE', layerSize: layer.size, mediaType: layer.mediaType }
      }),
      failures: input.layerDigests
        .filter(digest => !isDigest(digest))
        .map(layerDigest => ({
          layerDigest,
          failureCode: 'InvalidLayerDigest',
          failureReason: unsureReasons.InvalidLayerDigest,
        })),
    }
  },
})
