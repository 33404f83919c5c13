import { defineOperation } from '../operation.ts'
import { repositories } from './entities.ts'
import { allRepositoriesNeed, repositoryNeed } from './needs.ts'
import { type PageInput, page } from './pagination.ts'
import { registryOf, repositoryNamed, repositoryOutput } from './repository.ts'
import { unsure } from './unsure.ts'

interface Input extends PageInput {
  registryId?: string
  repositoryNames?: string[]
}

export const DescribeRepositories = defineOperation<Input>({
  effect: 'reads',
  needs({ input: { registryId, repositoryNames }, ...scope }) {
    const registry = registryId === undefined ? {} : { registryId }
    return repositoryNames === undefined
      ? [allRepositoriesNeed(scope, 'ecr:DescribeRepositories', registryId)]
      : repositoryNames.map(repositoryName =>
          repositoryNeed(scope, 'ecr:DescribeRepositories', { ...registry, repositoryName }),
        )
  },
  handle({ input, ...scope }) {
    const registryId = registryOf(scope, input.registryId)
    if (input.repositoryNames !== undefined) {
      if (input.maxResults !== undefined) throw unsure.namesWithPages()
      const named = input.repositoryNames.map(repositoryName => repositoryNamed(scope, { registryId, repositoryName }))
      return { repositories: named.map(repositoryOutput) }
    }
    const all = Array.from(scope.state.list(repositories, [registryId, scope.region]), ({ value }) => value)
    const { items, rest } = page(all, input, repository => repository.repositoryName)
    return { repositories: items.map(repositoryOutput), ...rest }
  },
})
