import { defineOperation } from '../operation.ts'
import { images, imageTags, layers, repositories } from './entities.ts'
import { repositoryNeed } from './needs.ts'
import { keyOf, type RepositoryInput, repositoryNamed, repositoryOutput } from './repository.ts'
import { repositoryNotEmpty } from './repository-errors.ts'

interface Input extends RepositoryInput {
  force?: boolean
}

/** Images, layers, tags and both policies go with it. */
export const DeleteRepository = defineOperation<Input>({
  effect: 'changes',
  needs: call => [repositoryNeed(call, 'ecr:DeleteRepository', call.input)],
  handle({ input, ...scope }) {
    const { state } = scope
    const repository = repositoryNamed(scope, input)
    const key = keyOf(scope, repository)
    const contents = [images, imageTags, layers].flatMap(table =>
      Array.from(state.list<unknown>(table, key), row => ({ table, key: row.key })),
    )
    if (!input.force && contents.some(({ table }) => table === images)) {
      throw repositoryNotEmpty(repository.repositoryName, repository.registryId)
    }
    for (const row of contents) state.remove<unknown>(row.table, ...row.key)
    state.remove(repositories, ...key)
    const { imageScanningConfiguration: _, encryptionConfiguration: __, ...shown } = repositoryOutput(repository)
    return { repository: shown }
  },
})
