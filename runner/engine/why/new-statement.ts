import type { AccessRequest } from '../../../policy/index.ts'
import type { EditableType } from './layers.ts'
import type { StatementJson } from './statement-json.ts'

/** Whom a policy names to mean this caller: the role behind a session, not the session. */
export const principalOf = ({ principal, issuerArn }: AccessRequest): Record<string, string> => {
  if (principal.endsWith('.amazonaws.com')) return { Service: principal }
  return { AWS: principal === 'anonymous' ? '*' : (issuerArn ?? principal) }
}

export const trustStatement = (request: AccessRequest, effect: 'Allow' | 'Deny'): StatementJson => ({
  Effect: effect,
  Principal: principalOf(request),
  Action: request.action,
})

/** A statement for exactly this request: nothing else is granted or denied by it. */
export function statementFor(type: EditableType, request: AccessRequest, effect: 'Allow' | 'Deny'): StatementJson {
  // A trust policy and a repository policy are about what they hang on: they have no Resource.
  if (type === 'role trust policy' || type === 'resource-based') return trustStatement(request, effect)
  return { Effect: effect, Action: request.action, Resource: request.resource }
}
