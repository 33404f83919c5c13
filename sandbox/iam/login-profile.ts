import { AwsError } from '../errors.ts'
import type { Need } from '../operation.ts'
import { loginProfiles } from './entities.ts'
import { type Scope, user } from './holder.ts'
import { impliedUser } from './implied-user.ts'

/** The user named, else the caller. @throws AwsError NotImplemented for the root user's own password */
export const profileOwner = (scope: Scope, given: string | undefined): string => {
  const name = impliedUser(scope.caller, given)
  if (name !== null) return name
  throw new AwsError('NotImplemented', 501, 'a login profile of the root user is not implemented by the sandbox')
}

export const loginProfileNeeds = (scope: Scope, action: string, given: string | undefined): Need[] =>
  user.needs(scope, action, profileOwner(scope, given))

/** A user's console password, of which only the existence is kept. Throws NoSuchEntity. */
export const loginProfileOf = (scope: Scope, name: string) => {
  const owner = user.find(scope, name)
  const profile = owner && scope.state.get(loginProfiles, scope.caller.accountId, owner.UserName.toLowerCase())
  if (profile === undefined) throw new AwsError('NoSuchEntity', 404, `Login Profile for User ${name} cannot be found.`)
  return { ...profile, UserName: owner?.UserName ?? name }
}

export const loginProfileOutput = (profile: ReturnType<typeof loginProfileOf>) => ({
  UserName: profile.UserName,
  CreateDate: new Date(profile.CreateDate),
  PasswordResetRequired: profile.PasswordResetRequired,
})
