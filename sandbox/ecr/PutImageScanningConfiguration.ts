import { defineOperation } from '../operation.ts'
import { repositoryNeed } from './needs.ts'
import { namesOf, type RepositoryInput, repositoryNamed, saveRepository } from './repository.ts'

interface Input extends RepositoryInput {
  imageScanningConfiguration: { scanOnPush?: boolean }
}

/** The setting is kept; the sandbox scans nothing. */
export const PutImageScanningConfiguration = defineOperation<Input>({
  effect: 'changes',
  needs: call => [repositoryNeed(call, 'ecr:PutImageScanningConfiguration', call.input)],
  handle({ input, ...scope }) {
    const scanOnPush = input.imageScanningConfiguration.scanOnPush ?? false
    const repository = { ...repositoryNamed(scope, input), scanOnPush }
    saveRepository(scope, repository)
    return { ...namesOf(repository), imageScanningConfiguration: { scanOnPush } }
  },
})
