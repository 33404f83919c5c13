import type { JsonWebKey } from 'node:crypto'
import type { ContextValue } from '../../policy/index.ts'
import { AwsError } from '../errors.ts'
import { type OidcProvider, oidcProviders } from '../iam/entities.ts'
import type { Caller } from '../operation.ts'
import type { StateFile } from '../state/lmdb-store.ts'
import type { Store } from '../state/store.ts'
import { issuerKeys } from './issuer-keys.ts'
import { noProvider, notAToken } from './refusals.ts'
import { readToken, type Token, texts } from './token.ts'
import { verifyToken } from './verify-token.ts'

/** A provider's keys, or why there are none: told only when it is the token's turn to be checked. */
export type FoundKeys = { keys: readonly JsonWebKey[] } | { refusal: AwsError }

interface Asked {
  RoleArn: string
  WebIdentityToken: string
}

/** Asks the token's issuer for its keys, if it is a provider of the role's account: this takes time, so it comes before the transaction. */
export const findKeys = async (state: StateFile, asked: Partial<Asked>): Promise<FoundKeys> => {
  const token = readToken(asked.WebIdentityToken ?? '')
  if (token === null) return { refusal: notAToken() }
  if (state.read(store => providerOf(store, asked.RoleArn ?? '', token)) === undefined)
    return { refusal: noProvider(token.issuer) }
  try {
    return { keys: await issuerKeys(token.issuer) }
  } catch (error) {
    if (error instanceof AwsError) return { refusal: error }
    throw error
  }
}

const providerOf = (state: Store, roleArn: string, { issuer }: Token): OidcProvider | undefined =>
  state.get(oidcProviders, roleArn.split(':')[4] ?? '', issuer.replace(/^https?:\/\//, '').replace(/\/$/, ''))

/**
 * Who a token stands for: its provider, with what the token says as condition keys.
 * @throws AwsError in STS's words
 */
export const webIdentityCaller = (state: Store, asked: Asked, found: FoundKeys, now: number): Caller => {
  const token = readToken(asked.WebIdentityToken)
  if (token === null) throw notAToken()
  const provider = providerOf(state, asked.RoleArn, token)
  if (provider === undefined) throw noProvider(token.issuer)
  if ('refusal' in found) throw found.refusal
  verifyToken(token, provider, found.keys, now)
  const subject = String(token.claims.sub)
  return {
    kind: 'web-identity',
    arn: provider.Arn,
    accountId: provider.Arn.split(':')[4] ?? '',
    userId: subject,
    principalId: subject,
    name: null,
    issuerArn: provider.Arn,
    accessKeyId: '',
    session: null,
    webIdentity: {
      subject,
      audience: texts(token.claims.azp ?? token.claims.aud)[0] ?? '',
      keys: keysOf(token, provider),
    },
  }
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html, "Available keys for AWS OIDC federation" */
const keysOf = ({ claims }: Token, { Url, Arn }: OidcProvider): Record<string, ContextValue> => {
  const { sub, aud, azp, amr } = claims
  return {
    'aws:FederatedProvider': Arn,
    [`${Url}:sub`]: String(sub),
    [`${Url}:aud`]: one(azp === undefined ? aud : azp),
    ...(azp === undefined ? {} : { [`${Url}:oaud`]: one(aud) }),
    ...(amr === undefined ? {} : { [`${Url}:amr`]: texts(amr) }),
  }
}

const one = (claim: unknown): ContextValue => {
  const [first = '', ...more] = texts(claim)
  return more.length === 0 ? first : [first, ...more]
}
