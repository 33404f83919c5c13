import { defineOperation } from '../operation.ts'
import { requireLifecyclePolicy } from './lifecycle-policy.ts'
import { repositoryNeed } from './needs.ts'
import { namesOf, type RepositoryInput, repositoryNamed, saveRepository } from './repository.ts'

interface Input extends RepositoryInput {
  lifecyclePolicyText: string
}

/** The text is kept as it is, and no image expires by it. */
export const PutLifecyclePolicy = defineOperation<Input>({
  effect: 'changes',
  needs: call => [repositoryNeed(call, 'ecr:PutLifecyclePolicy', call.input)],
  handle({ input, ...scope }) {
    const { lifecyclePolicyText } = input
    const repository = repositoryNamed(scope, input)
    requireLifecyclePolicy(lifecyclePolicyText)
    saveRepository(scope, { ...repository, lifecyclePolicyText })
    return { ...namesOf(repository), lifecyclePolicyText }
  },
})
