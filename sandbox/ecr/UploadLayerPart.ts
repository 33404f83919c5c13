import { defineOperation } from '../operation.ts'
import { uploads } from './entities.ts'
import { repositoryNeed } from './needs.ts'
import { namesOf, type RepositoryInput, repositoryNamed } from './repository.ts'
import { unsure } from './unsure.ts'
import { smallestPart, uploadNamed } from './upload.ts'

interface Input extends RepositoryInput {
  uploadId: string
  partFirstByte: number
  partLastByte: number
  layerPartBlob: Uint8Array
}

/** Parts follow one another without gap or overlap. */
export const UploadLayerPart = defineOperation<Input>({
  effect: 'changes',
  needs: call => [repositoryNeed(call, 'ecr:UploadLayerPart', call.input)],
  handle({ input, blobs, ...scope }) {
    const { uploadId, partFirstByte, partLastByte, layerPartBlob } = input
    const repository = repositoryNamed(scope, input)
    const upload = uploadNamed(scope, uploadId, repository)
    const size = partFirstByte + layerPartBlob.byteLength
    if (partFirstByte !== upload.size || partLastByte !== size - 1) {
      throw unsure.invalidLayerPart(uploadId, upload.size - 1, repository)
    }
    blobs.append(uploadId, partFirstByte, layerPartBlob)
    const smallPartEnd = layerPartBlob.byteLength < smallestPart ? { smallPartEnd: upload.smallPartEnd ?? size } : {}
    scope.state.put(uploads, { ...upload, size, ...smallPartEnd }, uploadId)
    return { ...namesOf(repository), uploadId, lastByteReceived: partLastByte }
  },
})
