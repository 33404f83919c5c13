import { defineOperation } from '../operation.ts'
import { isLoopback } from '../web-identity/issuer-keys.ts'
import { oidcProviders, type Tag } from './entities.ts'
import { oidcProviderArn } from './oidc-provider.ts'
import { refuseDuplicateTags, requestTagContext } from './tags.ts'
import { unsure } from './unsure.ts'

interface Input {
  Url: string
  ClientIDList?: string[]
  ThumbprintList?: string[]
  Tags?: Tag[]
}

const bare = (url: string): string => url.replace(/^https?:\/\//, '').replace(/\/$/, '')

export const CreateOpenIDConnectProvider = defineOperation<Input>({
  effect: 'changes',
  needs({ input, ...scope }) {
    const resource = oidcProviderArn(scope, bare(input.Url))
    const need = { resource, context: requestTagContext(input.Tags) }
    const create = { action: 'iam:CreateOpenIDConnectProvider', ...need }
    return input.Tags?.length ? [create, { action: 'iam:TagOpenIDConnectProvider', ...need }] : [create]
  },
  handle({ input, now, ...scope }) {
    const { Tags = [], ClientIDList = [], ThumbprintList = [] } = input
    const Url = bare(input.Url)
    // Plain HTTP for a provider on this machine only: AWS takes https alone.
    if (!/^https:\/\/[!-~]+$/.test(input.Url) && !isLoopback(input.Url)) throw unsure.urlNotValid()
    refuseDuplicateTags(Tags, 'sensitive')
    const key = [scope.caller.accountId, Url] as const
    if (scope.state.get(oidcProviders, ...key)) throw unsure.providerExists(input.Url)
    const Arn = oidcProviderArn(scope, Url)
    scope.state.put(oidcProviders, { Arn, Url, ClientIDList, ThumbprintList, CreateDate: now, Tags }, ...key)
    return { OpenIDConnectProviderArn: Arn, ...(Tags.length === 0 ? {} : { Tags }) }
  },
})
