import { defineOperation } from '../operation.ts'
import { repositoryNeed } from './needs.ts'
import { findRepository } from './repository.ts'
import { unsureReasons } from './unsure.ts'

interface Input {
  repositoryNames: string[]
}

/** A repository that is not there is a failure, not an error. Filters of the registry's rules are not applied. */
export const BatchGetRepositoryScanningConfiguration = defineOperation<Input>({
  effect: 'reads',
  needs: ({ input, ...scope }) =>
    input.repositoryNames.map(repositoryName =>
      repositoryNeed(scope, 'ecr:BatchGetRepositoryScanningConfiguration', { repositoryName }),
    ),
  handle({ input, ...scope }) {
    const found = input.repositoryNames.map(name => ({
      name,
      repository: findRepository(scope, scope.caller.accountId, name),
    }))
    return {
      scanningConfigurations: found.flatMap(({ repository }) =>
        repository === undefined
          ? []
          : [
              {
                repositoryArn: repository.repositoryArn,
                repositoryName: repository.repositoryName,
                scanOnPush: repository.scanOnPush,
                scanFrequency: repository.scanOnPush ? 'SCAN_ON_PUSH' : 'MANUAL',
                appliedScanFilters: [],
              },
            ],
      ),
      failures: found.flatMap(({ name, repository }) =>
        repository === undefined
          ? [
              {
                repositoryName: name,
                failureCode: 'REPOSITORY_NOT_FOUND',
                failureReason: unsureReasons.REPOSITORY_NOT_FOUND,
              },
            ]
          : [],
      ),
    }
  },
})
