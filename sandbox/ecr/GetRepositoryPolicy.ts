import { defineOperation } from '../operation.ts'
import { repositoryNeed } from './needs.ts'
import { type RepositoryInput, repositoryNamed } from './repository.ts'
import { policyNotFound } from './repository-errors.ts'
import { policyOutput } from './repository-policy.ts'

export const GetRepositoryPolicy = defineOperation<RepositoryInput>({
  effect: 'reads',
  needs: call => [repositoryNeed(call, 'ecr:GetRepositoryPolicy', call.input)],
  handle({ input, ...scope }) {
    const repository = repositoryNamed(scope, input)
    const { policyText } = repository
    if (policyText === undefined) throw policyNotFound('Repository', repository.repositoryName, repository.registryId)
    return policyOutput(repository, policyText, scope.state)
  },
})
