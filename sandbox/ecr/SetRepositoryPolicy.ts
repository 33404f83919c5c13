import { defineOperation } from '../operation.ts'
import { repositoryNeed } from './needs.ts'
import { type RepositoryInput, repositoryNamed, saveRepository } from './repository.ts'
import { policyOutput, resolveRepositoryPolicy } from './repository-policy.ts'

interface Input extends RepositoryInput {
  policyText: string
  force?: boolean
}

export const SetRepositoryPolicy = defineOperation<Input>({
  effect: 'changes',
  needs: call => [repositoryNeed(call, 'ecr:SetRepositoryPolicy', call.input)],
  handle({ input, ...scope }) {
    const repository = repositoryNamed(scope, input)
    const policyText = resolveRepositoryPolicy(input.policyText, scope.state)
    saveRepository(scope, { ...repository, policyText })
    return policyOutput(repository, policyText, scope.state)
  },
})
