import { defineOperation } from '../operation.ts'
import { layers, uploads } from './entities.ts'
import { emptyUpload, layerPartTooSmall } from './image-errors.ts'
import { repositoryNeed } from './needs.ts'
import { keyOf, namesOf, type RepositoryInput, repositoryNamed } from './repository.ts'
import { unsure } from './unsure.ts'
import { uploadNamed } from './upload.ts'

interface Input extends RepositoryInput {
  uploadId: string
  layerDigests: string[]
}

const mediaType = 'application/vnd.docker.image.rootfs.diff.tar.gzip'

export const CompleteLayerUpload = defineOperation<Input>({
  effect: 'changes',
  needs: call => [repositoryNeed(call, 'ecr:CompleteLayerUpload', call.input)],
  handle({ input, blobs, ...scope }) {
    const { uploadId, layerDigests } = input
    const repository = repositoryNamed(scope, input)
    const upload = uploadNamed(scope, uploadId, repository)
    if (upload.size === 0) throw emptyUpload(uploadId, repository)
    if (upload.smallPartEnd !== undefined && upload.smallPartEnd < upload.size) throw layerPartTooSmall()
    const layerDigest = blobs.uploadDigest(uploadId)
    if (!layerDigests.includes(layerDigest)) throw unsure.invalidLayer(layerDigest, repository)
    const key = [...keyOf(scope, repository), layerDigest]
    if (scope.state.get(layers, ...key)) throw unsure.layerAlreadyExists(layerDigest, repository)
    blobs.commit(uploadId, layerDigest)
    scope.state.put(layers, { size: upload.size, mediaType }, ...key)
    scope.state.remove(uploads, uploadId)
    return { ...namesOf(repository), uploadId, layerDigest }
  },
})
