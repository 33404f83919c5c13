import { defineOperation } from '../operation.ts'
import { oidcProviders } from './entities.ts'
import { oidcProviderNamed, oidcProviderNeeds } from './oidc-provider.ts'

interface Input {
  OpenIDConnectProviderArn: string
}

export const DeleteOpenIDConnectProvider = defineOperation<Input>({
  effect: 'changes',
  needs: call => oidcProviderNeeds('iam:DeleteOpenIDConnectProvider', call.input.OpenIDConnectProviderArn),
  handle({ input, ...scope }) {
    const { Url } = oidcProviderNamed(scope, input.OpenIDConnectProviderArn)
    scope.state.remove(oidcProviders, scope.caller.accountId, Url)
    return undefined
  },
})
