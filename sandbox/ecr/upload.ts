import { type Repository, type Upload, uploads } from './entities.ts'
import type { Scope } from './repository.ts'
import { unsure } from './unsure.ts'

/** Bytes that a part, but the last, must have at least. */
export const smallestPart = 5 * 1024 * 1024

/** The upload, if it belongs to this repository. Throws UploadNotFoundException. */
export const uploadNamed = ({ state }: Pick<Scope, 'state'>, uploadId: string, repository: Repository): Upload => {
  const upload = state.get(uploads, uploadId)
  if (upload?.registryId !== repository.registryId || upload.repositoryName !== repository.repositoryName) {
    throw unsure.uploadNotFound(uploadId, repository)
  }
  return upload
}
