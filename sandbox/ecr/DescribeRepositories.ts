import { defineOperation } from '../operation.ts'
import { repositories } from './entities.ts'
import { allRepositoriesNeed, repositoryNeed } from './needs.ts'
import { type PageInput, page, readToken } from './pagination.ts'
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
    const prefix = [registryId, scope.region]
    const last = readToken(input.nextToken)
    const following = scope.state.list(repositories, prefix, last === undefined ? undefined : [...prefix, last])
    const { items, rest } = page(following, input, ({ value }) => value.repositoryName)
    return { repositories: items.map(({ value }) => repositoryOutput(value)), ...rest }
  },
})
