import { AwsError } from '../errors.ts'
import type { Caller, Need } from '../operation.ts'
import { type Scope, user } from './holder.ts'

/** The user that a request without UserName means: the caller. null: the account's root user. */
export const impliedUser = (caller: Caller, given: string | undefined): string | null => {
  if (given !== undefined) return given
  if (caller.kind === 'root') return null
  if (caller.kind === 'user' && caller.name !== null) return caller.name
  throw new AwsError('ValidationError', 400, 'Must specify userName when calling with non-User credentials')
}

/** A session that names no user is refused before any check; the root user needs no permission for its own. */
export const impliedUserNeeds = (scope: Scope, action: string, given: string | undefined): Need[] => {
  const name = impliedUser(scope.caller, given)
  if (name !== null) return user.needs(scope, action, name)
  return [{ action, resource: scope.caller.arn }]
}
