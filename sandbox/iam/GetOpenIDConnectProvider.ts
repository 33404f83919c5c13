import { defineOperation } from '../operation.ts'
import { oidcProviderNamed, oidcProviderNeeds } from './oidc-provider.ts'

interface Input {
  OpenIDConnectProviderArn: string
}

export const GetOpenIDConnectProvider = defineOperation<Input>({
  effect: 'reads',
  needs: call => oidcProviderNeeds('iam:GetOpenIDConnectProvider', call.input.OpenIDConnectProviderArn),
  handle(call) {
    const { Url, ClientIDList, ThumbprintList, CreateDate, Tags } = oidcProviderNamed(
      call,
      call.input.OpenIDConnectProviderArn,
    )
    return { Url, ClientIDList, ThumbprintList, CreateDate: new Date(CreateDate), Tags }
  },
})
