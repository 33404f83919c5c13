import { defineOperation } from '../operation.ts'
import { lifecycleTextOf, neverEvaluated } from './lifecycle-policy.ts'
import { repositoryNeed } from './needs.ts'
import { namesOf, type RepositoryInput, repositoryNamed } from './repository.ts'

export const GetLifecyclePolicy = defineOperation<RepositoryInput>({
  effect: 'reads',
  needs: call => [repositoryNeed(call, 'ecr:GetLifecyclePolicy', call.input)],
  handle({ input, ...scope }) {
    const repository = repositoryNamed(scope, input)
    return { ...namesOf(repository), lifecyclePolicyText: lifecycleTextOf(repository), ...neverEvaluated }
  },
})
