import { defineOperation } from '../operation.ts'
import { layers } from './entities.ts'
import { layerNotFound } from './image-errors.ts'
import { layerUrl } from './layer-download.ts'
import { isDigest } from './manifest.ts'
import { repositoryNeed } from './needs.ts'
import { keyOf, type RepositoryInput, repositoryNamed } from './repository.ts'

interface Input extends RepositoryInput {
  layerDigest: string
}

export const GetDownloadUrlForLayer = defineOperation<Input>({
  effect: 'reads',
  needs: call => [repositoryNeed(call, 'ecr:GetDownloadUrlForLayer', call.input)],
  handle(call) {
    const { layerDigest } = call.input
    const repository = repositoryNamed(call, call.input)
    const there = isDigest(layerDigest) && call.state.get(layers, ...keyOf(call, repository), layerDigest) !== undefined
    if (!there) throw layerNotFound(layerDigest, repository)
    return { downloadUrl: layerUrl(call, repository, layerDigest), layerDigest }
  },
})
