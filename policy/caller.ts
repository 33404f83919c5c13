import type { AccessRequest } from './decision.ts'
import { PolicyError, shown } from './policy-error.ts'

export type CallerKind = 'root' | 'user' | 'role-session' | 'federated-user' | 'service' | 'anonymous' | 'provider'

/** Who asks, read from the request's principal. */
export interface Caller {
  readonly kind: CallerKind
  readonly arn: string
  /** null for a service, an identity provider and anonymous. */
  readonly account: string | null
  /** User name or role name without path, or the federated user's name. */
  readonly name: string
  /** Of a role session; empty for a role that is simulated without one. */
  readonly sessionName: string
  /** ARN of the role or user that policies are attached to; null where there is none. */
  readonly issuerArn: string | null
  readonly principalId: string | null
}

const serviceForm = /^[a-z0-9][a-z0-9.-]*\.(amazonaws\.com(\.cn)?|aws\.internal|amazon\.com)$/
const providerForm = /^arn:aws(-[a-z]+)*:iam::\d{12}:(oidc|saml)-provider\/./
const webIdentity = new Set([
  'cognito-identity.amazonaws.com',
  'accounts.google.com',
  'graph.facebook.com',
  'www.amazon.com',
])
const federatingActions = new Set(['sts:assumerolewithwebidentity', 'sts:assumerolewithsaml'])

const partitionForm = /^aws(-[a-z]+)*$/
const accountForm = /^\d{12}$/

/** One shape for all kinds, written out: every decision makes one. */
const callerWith = (
  kind: CallerKind,
  { principal: arn, principalId }: AccessRequest,
  account: string | null,
  name: string,
  issuerArn: string | null,
  sessionName = '',
): Caller => ({ kind, arn, account, name, sessionName, issuerArn, principalId: principalId ?? null })

function unknownPrincipal(found: unknown): never {
  throw new PolicyError(
    'InvalidRequest',
    `expected the ARN of a root user, user, role session or federated user, a service principal or \`anonymous\` as principal, found ${shown(found)}`,
  )
}

function outsideCaller(request: AccessRequest): Caller {
  const { principal } = request
  const federating = federatingActions.has(request.action.toLowerCase()) && webIdentity.has(principal)
  if (principal === 'anonymous') return callerWith('anonymous', request, null, principal, null)
  if (federating || providerForm.test(principal)) return callerWith('provider', request, null, principal, null)
  return serviceForm.test(principal)
    ? callerWith('service', request, null, principal, null)
    : unknownPrincipal(principal)
}

function iamCaller(request: AccessRequest, account: string, rest: string): Caller {
  const { principal } = request
  const name = rest.slice(rest.lastIndexOf('/') + 1)
  if (rest === 'root') return callerWith('root', request, account, name, null)
  if (name !== '' && rest.startsWith('user/')) return callerWith('user', request, account, name, principal)
  if (name !== '' && rest.startsWith('role/')) return callerWith('role-session', request, account, name, principal)
  return unknownPrincipal(principal)
}

function stsCaller(request: AccessRequest, partition: string, account: string, rest: string): Caller {
  const slash = rest.indexOf('/')
  const kind = rest.slice(0, slash)
  const name = rest.slice(slash + 1)
  if (kind === 'federated-user' && name !== '') {
    const issuerArn = request.issuerArn ?? `arn:${partition}:iam::${account}:user/${name}`
    return callerWith('federated-user', request, account, name, issuerArn)
  }
  const end = name.indexOf('/')
  if (kind !== 'assumed-role' || end < 1 || end === name.length - 1) return unknownPrincipal(request.principal)
  const role = name.slice(0, end)
  const issuerArn = request.issuerArn ?? `arn:${partition}:iam::${account}:role/${role}`
  return callerWith('role-session', request, account, role, issuerArn, name.slice(end + 1))
}

/**
 * A role's own ARN stands for a session of it without a name, as SimulatePrincipalPolicy asks. Where the request gives no issuerArn,
 * the role or user behind a session is taken to have the path `/`.
 * @throws PolicyError `InvalidRequest`
 */
export function callerOf(request: AccessRequest): Caller {
  const { principal } = request
  if (typeof principal !== 'string') unknownPrincipal(principal)
  const end = principal.indexOf(':', 4)
  if (!principal.startsWith('arn:') || principal.includes('-provider/', end)) return outsideCaller(request)
  // Partition, a service of three letters, no region, and an account of twelve digits: all at fixed places behind the partition.
  const partition = principal.slice(4, end)
  const service = principal.slice(end, end + 6)
  const account = principal.slice(end + 6, end + 18)
  if (!partitionForm.test(partition) || !accountForm.test(account) || principal[end + 18] !== ':')
    unknownPrincipal(principal)
  if (request.account !== account) {
    throw new PolicyError(
      'InvalidRequest',
      `expected the principal's account \`${account}\` as account, found ${shown(request.account)}`,
    )
  }
  const rest = principal.slice(end + 19)
  if (service === ':iam::') return iamCaller(request, account, rest)
  return service === ':sts::' ? stsCaller(request, partition, account, rest) : unknownPrincipal(principal)
}

/** Service-linked roles are bound neither by SCPs nor by RCPs. */
export const isServiceLinked = ({ kind, issuerArn, name }: Caller): boolean =>
  kind === 'role-session' &&
  (issuerArn?.includes(':role/aws-service-role/') === true || name.startsWith('AWSServiceRoleFor'))

/** Callers that no identity-based policy can be attached to: only the resource's side speaks for them. */
export const isOutside = ({ kind }: Caller): boolean =>
  kind === 'service' || kind === 'anonymous' || kind === 'provider'
