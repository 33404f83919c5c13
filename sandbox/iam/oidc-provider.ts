import type { Need } from '../operation.ts'
import { arnResource } from './arn-resource.ts'
import { type OidcProvider, oidcProviders } from './entities.ts'
import type { Scope } from './holder.ts'
import { unsure } from './unsure.ts'

export const oidcProviderArn = ({ caller }: Scope, url: string): string =>
  `arn:aws:iam::${caller.accountId}:oidc-provider/${url}`

/** Throws NoSuchEntity for an ARN that is not of the caller's account, too. */
export const oidcProviderNamed = (scope: Scope, arn: string): OidcProvider => {
  const url = /:oidc-provider\/([!-~]{1,255})$/.exec(arn)?.[1]
  const provider = url === undefined ? undefined : scope.state.get(oidcProviders, scope.caller.accountId, url)
  if (provider?.Arn !== arn) throw unsure.providerNotFound(arn)
  return provider
}

export const oidcProviderNeeds = (action: string, arn: string): Need[] => [{ action, resource: arnResource(arn) }]
