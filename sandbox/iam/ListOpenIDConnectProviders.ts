import { defineOperation } from '../operation.ts'
import { oidcProviders } from './entities.ts'
import { oidcProviderArn, oidcProviderNeeds } from './oidc-provider.ts'

export const ListOpenIDConnectProviders = defineOperation<Record<string, never>>({
  effect: 'reads',
  needs: call => oidcProviderNeeds('iam:ListOpenIDConnectProviders', oidcProviderArn(call, '*')),
  handle: ({ state, caller }) => ({
    OpenIDConnectProviderList: Array.from(state.list(oidcProviders, [caller.accountId]), ({ value }) => ({
      Arn: value.Arn,
    })),
  }),
})
