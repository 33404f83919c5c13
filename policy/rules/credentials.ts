import type { CallerKind } from '../caller.ts'
import type { Subject } from '../statement.ts'

type Credentials = CallerKind | 'session-token'

interface Limit {
  readonly credentials: Credentials
  /** Of all actions of the service, or of those listed, these may be called. */
  readonly service: string
  readonly actions?: readonly string[]
  readonly except?: readonly string[]
  readonly unlessMfa?: boolean
}

const assuming = ['sts:assumerole', 'sts:tagsession', 'sts:setsourceidentity']

/** What a kind of credentials cannot call whatever its policies say. Source: IAM User Guide, id_credentials_temp_request, id_roles_use_permissions-to-switch. */
const limits: readonly Limit[] = [
  { credentials: 'root', service: 'sts', actions: assuming },
  { credentials: 'role-session', service: 'sts', actions: ['sts:getfederationtoken', 'sts:getsessiontoken'] },
  { credentials: 'federated-user', service: 'iam' },
  { credentials: 'federated-user', service: 'sts', except: ['sts:getcalleridentity'] },
  { credentials: 'session-token', service: 'iam', unlessMfa: true },
  { credentials: 'session-token', service: 'sts', except: [...assuming, 'sts:getcalleridentity'] },
]

/** GetSessionToken's credentials keep the user's ARN; only their keys of temporary credentials show what they are. */
const kindOf = ({ caller, context }: Subject): Credentials =>
  caller.kind === 'user' && context.get('aws:TokenIssueTime', 'aws:tokenissuetime') !== undefined
    ? 'session-token'
    : caller.kind

/** Does the kind of the caller's credentials forbid the action? AWS names no policy type then. */
export function isBeyondCredentials(subject: Subject): boolean {
  const { action, context } = subject
  const service = action.slice(0, action.indexOf(':'))
  if (service !== 'sts' && service !== 'iam') return false
  const kind = kindOf(subject)
  const mfa = () =>
    String(context.get('aws:MultiFactorAuthPresent', 'aws:multifactorauthpresent')).toLowerCase() === 'true'
  return limits.some(
    limit =>
      limit.credentials === kind &&
      limit.service === service &&
      (limit.actions?.includes(action) ?? !limit.except?.includes(action)) &&
      !(limit.unlessMfa && mfa()),
  )
}
