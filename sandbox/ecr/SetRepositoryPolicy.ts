import { authorize } from '../authorize.ts'
import { AwsError } from '../errors.ts'
import { type Call, defineOperation } from '../operation.ts'
import { repositoryNeed } from './needs.ts'
import { type RepositoryInput, repositoryNamed, saveRepository } from './repository.ts'
import { policyOutput, resolveRepositoryPolicy } from './repository-policy.ts'
import { unsure } from './unsure.ts'

interface Input extends RepositoryInput {
  policyText: string
  force?: boolean
}

/** Whoever sets the policy must be able to set another one after it. */
const refuseLockOut = (call: Call<Input>): void => {
  try {
    authorize({ ...call, input: {} }, 'ecr', [repositoryNeed(call, 'ecr:SetRepositoryPolicy', call.input)], [])
  } catch (error) {
    throw error instanceof AwsError && error.code === 'AccessDenied' ? unsure.lockOut() : error
  }
}

/** `force` sets even a policy that locks its setter out. */
export const SetRepositoryPolicy = defineOperation<Input>({
  effect: 'changes',
  needs: call => [repositoryNeed(call, 'ecr:SetRepositoryPolicy', call.input)],
  handle(call) {
    const { input, ...scope } = call
    const repository = repositoryNamed(scope, input)
    const policyText = resolveRepositoryPolicy(input.policyText, scope.state)
    saveRepository(scope, { ...repository, policyText })
    if (!input.force) refuseLockOut(call)
    return policyOutput(repository, policyText, scope.state)
  },
})
