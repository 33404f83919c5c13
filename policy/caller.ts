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

const arnForm = /^arn:(aws(?:-[a-z]+)*):(iam|sts)::(\d{12}):(root$|user\/|role\/|assumed-role\/|federated-user\/)(.*)$/s
const serviceForm = /^[a-z0-9][a-z0-9.-]*\.(amazonaws\.com(\.cn)?|aws\.internal|amazon\.com)$/
const providerForm = /^arn:aws(-[a-z]+)*:iam::\d{12}:(oidc|saml)-provider\/./
const webIdentity = new Set([
  'cognito-identity.amazonaws.com',
  'accounts.google.com',
  'graph.facebook.com',
  'www.amazon.com',
])
const federatingActions = new Set(['sts:assumerolewithwebidentity', 'sts:assumerolewithsaml'])

const outside = (kind: CallerKind, arn: string): Caller => ({
  kind,
  arn,
  account: null,
  name: arn,
  sessionName: '',
  issuerArn: null,
  principalId: null,
})

function unknownPrincipal(found: unknown): never {
  throw new PolicyError(
    'InvalidRequest',
    `expected the ARN of a root user, user, role session or federated user, a service principal or \`anonymous\` as principal, found ${shown(found)}`,
  )
}

/**
 * A role's own ARN stands for a session of it without a name, as SimulatePrincipalPolicy asks. Where the request gives no issuerArn,
 * the role or user behind a session is taken to have the path `/`.
 * @throws PolicyError `InvalidRequest`
 */
export function callerOf(request: AccessRequest): Caller {
  const { principal, principalId = null } = request
  if (typeof principal !== 'string') unknownPrincipal(principal)
  const [, partition, service, account, type, rest = ''] = arnForm.exec(principal) ?? []
  if (account === undefined) {
    if (principal === 'anonymous') return outside('anonymous', principal)
    if (providerForm.test(principal)) return outside('provider', principal)
    const federating = federatingActions.has(request.action.toLowerCase())
    if (federating && webIdentity.has(principal)) return outside('provider', principal)
    return serviceForm.test(principal) ? outside('service', principal) : unknownPrincipal(principal)
  }
  if (request.account !== account) {
    throw new PolicyError(
      'InvalidRequest',
      `expected the principal's account \`${account}\` as account, found ${shown(request.account)}`,
    )
  }
  const slash = rest.indexOf('/')
  const lastName = rest.slice(rest.lastIndexOf('/') + 1)
  const base = { arn: principal, account, principalId, sessionName: '' }
  const behind = (form: string) => request.issuerArn ?? `arn:${partition}:iam::${account}:${form}`
  switch (`${service} ${type}`) {
    case 'iam root':
      return { ...base, kind: 'root', name: 'root', issuerArn: null }
    case 'iam user/':
      return { ...base, kind: 'user', name: lastName, issuerArn: principal }
    case 'iam role/':
      return { ...base, kind: 'role-session', name: lastName, issuerArn: principal }
    case 'sts federated-user/':
      return { ...base, kind: 'federated-user', name: rest, issuerArn: behind(`user/${rest}`) }
    case 'sts assumed-role/': {
      if (slash < 1) unknownPrincipal(principal)
      const name = rest.slice(0, slash)
      return {
        ...base,
        kind: 'role-session',
        name,
        sessionName: rest.slice(slash + 1),
        issuerArn: behind(`role/${name}`),
      }
    }
    default:
      return unknownPrincipal(principal)
  }
}

/** Service-linked roles are bound neither by SCPs nor by RCPs. */
export const isServiceLinked = ({ kind, issuerArn, name }: Caller): boolean =>
  kind === 'role-session' &&
  (issuerArn?.includes(':role/aws-service-role/') === true || name.startsWith('AWSServiceRoleFor'))

/** Callers that no identity-based policy can be attached to: only the resource's side speaks for them. */
export const isOutside = ({ kind }: Caller): boolean =>
  kind === 'service' || kind === 'anonymous' || kind === 'provider'
