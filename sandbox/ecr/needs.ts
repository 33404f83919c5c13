import type { ContextValue } from '../../policy/index.ts'
import type { Tag } from '../iam/entities.ts'
import type { Need } from '../operation.ts'
import { registryPolicies } from './entities.ts'
import { findRepository, type RepositoryInput, registryOf, repositoryArn, type Scope } from './repository.ts'

type Context = Record<string, ContextValue>

export const resourceTagContext = (tags: readonly Tag[]): Context =>
  Object.fromEntries(
    tags.flatMap(({ Key, Value }) => [
      [`aws:ResourceTag/${Key}`, Value],
      [`ecr:ResourceTag/${Key}`, Value],
    ]),
  )

export const requestTagContext = (tags: readonly Tag[] | undefined): Context =>
  tags === undefined || tags.length === 0
    ? {}
    : {
        ...Object.fromEntries(tags.map(({ Key, Value }) => [`aws:RequestTag/${Key}`, Value])),
        'aws:TagKeys': tags.map(tag => tag.Key),
      }

const registryPolicy = ({ state, region }: Scope, registryId: string) => {
  const text = state.get(registryPolicies, registryId, region)
  return text === undefined ? [] : [{ name: `registry policy of ${registryId}`, text }]
}

/** An action on one repository: its policy and its registry's policy have a say, its tags are condition keys. */
export const repositoryNeed = (scope: Scope, action: string, input: RepositoryInput, context: Context = {}): Need => {
  const owner = registryOf(scope, input.registryId)
  const repository = findRepository(scope, owner, input.repositoryName)
  const text = repository?.policyText
  return {
    action,
    resource: repositoryArn(scope.region, owner, input.repositoryName),
    resourceAccount: owner,
    resourcePolicies: [
      ...(text === undefined ? [] : [{ name: `repository policy of ${input.repositoryName}`, text }]),
      ...registryPolicy(scope, owner),
    ],
    context: { ...resourceTagContext(repository?.Tags ?? []), ...context },
  }
}

/** DescribeRepositories without names asks for all of them. */
export const allRepositoriesNeed = (scope: Scope, action: string, registryId: string | undefined): Need => {
  const owner = registryOf(scope, registryId)
  return {
    action,
    resource: repositoryArn(scope.region, owner, '*'),
    resourceAccount: owner,
    resourcePolicies: registryPolicy(scope, owner),
  }
}

/** An action on the registry itself, which only the caller's identity policies can allow. */
export const registryNeed = ({ caller }: Pick<Scope, 'caller'>, action: string): Need => ({
  action,
  resource: '*',
  resourceAccount: caller.accountId,
})
