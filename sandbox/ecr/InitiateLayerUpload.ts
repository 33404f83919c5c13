import { randomUUID } from 'node:crypto'
import { defineOperation } from '../operation.ts'
import { uploads } from './entities.ts'
import { repositoryNeed } from './needs.ts'
import { namesOf, type RepositoryInput, repositoryNamed } from './repository.ts'

/** Ten MiB, the quota of a part (unsure as the value AWS answers). */
const partSize = 10 * 1024 * 1024

export const InitiateLayerUpload = defineOperation<RepositoryInput>({
  effect: 'changes',
  needs: call => [repositoryNeed(call, 'ecr:InitiateLayerUpload', call.input)],
  handle({ input, now, ...scope }) {
    const repository = repositoryNamed(scope, input)
    const uploadId = randomUUID()
    scope.state.put(uploads, { uploadId, ...namesOf(repository), createdAt: now, size: 0 }, uploadId)
    return { uploadId, partSize }
  },
})
