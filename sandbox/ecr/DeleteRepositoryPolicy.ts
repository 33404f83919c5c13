import { defineOperation } from '../operation.ts'
import { repositoryNeed } from './needs.ts'
import { type RepositoryInput, repositoryNamed, saveRepository } from './repository.ts'
import { policyNotFound } from './repository-errors.ts'
import { policyOutput } from './repository-policy.ts'

/** Answers with the text that is gone. */
export const DeleteRepositoryPolicy = defineOperation<RepositoryInput>({
  effect: 'changes',
  needs: call => [repositoryNeed(call, 'ecr:DeleteRepositoryPolicy', call.input)],
  handle({ input, ...scope }) {
    const { policyText, ...repository } = repositoryNamed(scope, input)
    if (policyText === undefined) throw policyNotFound('Repository', repository.repositoryName, repository.registryId)
    saveRepository(scope, repository)
    return policyOutput(repository, policyText, scope.state)
  },
})
