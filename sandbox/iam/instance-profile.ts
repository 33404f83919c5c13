import { AwsError } from '../errors.ts'
import type { Need } from '../operation.ts'
import { type InstanceProfile, instanceProfiles } from './entities.ts'
import { role, type Scope } from './holder.ts'
import { embeddedRole } from './role-output.ts'
import { resourceTagContext } from './tags.ts'

export const instanceProfileArn = ({ caller }: Scope, path: string, name: string): string =>
  `arn:aws:iam::${caller.accountId}:instance-profile${path}${name}`

export const findInstanceProfile = ({ state, caller }: Scope, name: string): InstanceProfile | undefined =>
  state.get(instanceProfiles, caller.accountId, name.toLowerCase())

export const instanceProfileNamed = (scope: Scope, name: string): InstanceProfile => {
  const profile = findInstanceProfile(scope, name)
  if (profile === undefined) throw new AwsError('NoSuchEntity', 404, `Instance Profile ${name} cannot be found.`)
  return profile
}

export const saveInstanceProfile = ({ state, caller }: Scope, profile: InstanceProfile): void =>
  state.put(instanceProfiles, profile, caller.accountId, profile.InstanceProfileName.toLowerCase())

export const instanceProfilesOfRole = ({ state, caller }: Scope, roleName: string): InstanceProfile[] => {
  const all = Array.from(state.list(instanceProfiles, [caller.accountId]), ({ value }) => value)
  return all.filter(profile => profile.role?.toLowerCase() === roleName.toLowerCase())
}

export const instanceProfileNeeds = (
  scope: Scope,
  action: string,
  name: string,
  context: Need['context'] = {},
): Need[] => {
  const profile = findInstanceProfile(scope, name)
  return [
    {
      action,
      resource: profile?.Arn ?? instanceProfileArn(scope, '/', name),
      printed: `instance profile ${name}`,
      context: { ...resourceTagContext(profile?.Tags ?? []), ...context },
    },
  ]
}

/** Tags are shown by CreateInstanceProfile and GetInstanceProfile, not in lists. */
export const instanceProfileOutput = (scope: Scope, profile: InstanceProfile) => {
  const member = profile.role === undefined ? undefined : role.find(scope, profile.role)
  return {
    Path: profile.Path,
    InstanceProfileName: profile.InstanceProfileName,
    InstanceProfileId: profile.InstanceProfileId,
    Arn: profile.Arn,
    CreateDate: new Date(profile.CreateDate),
    Roles: member === undefined ? [] : [embeddedRole(scope, member)],
  }
}

export const tagsShown = ({ Tags }: InstanceProfile) => (Tags.length === 0 ? {} : { Tags })
