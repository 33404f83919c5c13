import { defineOperation } from '../operation.ts'
import { lifecycleTextOf, neverEvaluated } from './lifecycle-policy.ts'
import { repositoryNeed } from './needs.ts'
import { namesOf, type RepositoryInput, repositoryNamed, saveRepository } from './repository.ts'

export const DeleteLifecyclePolicy = defineOperation<RepositoryInput>({
  effect: 'changes',
  needs: call => [repositoryNeed(call, 'ecr:DeleteLifecyclePolicy', call.input)],
  handle({ input, ...scope }) {
    const repository = repositoryNamed(scope, input)
    const lifecyclePolicyText = lifecycleTextOf(repository)
    const { lifecyclePolicyText: _, ...rest } = repository
    saveRepository(scope, rest)
    return { ...namesOf(repository), lifecyclePolicyText, ...neverEvaluated }
  },
})
