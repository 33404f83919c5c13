import { AwsError } from '../errors.ts'
import { loginProfiles } from './entities.ts'
import { type Scope, user } from './holder.ts'

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
