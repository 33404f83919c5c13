import type { Caller, CallerKind } from './caller.ts'
import type { AccessRequest } from './decision.ts'

type Derived = (caller: Caller, request: AccessRequest) => string | undefined

const principalTypes: Readonly<Record<CallerKind, string | undefined>> = {
  root: 'Account',
  user: 'User',
  'role-session': 'AssumedRole',
  'federated-user': 'FederatedUser',
  anonymous: 'Anonymous',
  service: undefined,
  provider: undefined,
}

function principalArn({ kind, arn, issuerArn }: Caller): string | undefined {
  if (kind === 'role-session') return issuerArn ?? undefined
  return kind === 'service' || kind === 'provider' || kind === 'anonymous' ? undefined : arn
}

function userId({ kind, account, name, principalId, sessionName }: Caller): string | undefined {
  if (kind === 'root') return account ?? undefined
  if (kind === 'federated-user') return `${account}:${name}`
  if (principalId === null) return undefined
  return kind === 'role-session' ? `${principalId}:${sessionName}` : principalId
}

/**
 * Condition keys that follow from the principal and the resource, by name in lower case.
 * Source: IAM User Guide, reference_policies_condition-keys.
 */
export const derivedKeys: Readonly<Record<string, Derived>> = {
  'aws:principalarn': principalArn,
  'aws:principalaccount': ({ account }) => account ?? 'anonymous',
  'aws:principaltype': ({ kind }) => principalTypes[kind],
  'aws:userid': userId,
  'aws:username': ({ kind, name }) => (kind === 'user' ? name : undefined),
  'aws:principalisawsservice': ({ kind }) =>
    kind === 'anonymous' || kind === 'provider' ? undefined : String(kind === 'service'),
  'aws:principalservicename': ({ kind, arn }) => (kind === 'service' ? arn : undefined),
  'aws:resourceaccount': ({ account }, { resource, resourceAccount }) =>
    resource === '*' ? (account ?? resourceAccount) : resourceAccount,
}

/** Does a key, its name in lower case, follow from principal and resource? */
export const isDerivedKey = (lowerKey: string): boolean => Object.hasOwn(derivedKeys, lowerKey)
