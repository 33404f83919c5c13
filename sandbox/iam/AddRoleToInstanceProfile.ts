import { defineOperation } from '../operation.ts'
import { role } from './holder.ts'
import { instanceProfileNamed, instanceProfileNeeds, saveInstanceProfile } from './instance-profile.ts'
import { limitExceeded } from './limit-exceeded.ts'

interface Input {
  InstanceProfileName: string
  RoleName: string
}

/** Whoever puts a role into a profile hands it to EC2, so iam:PassRole is checked too. */
export const AddRoleToInstanceProfile = defineOperation<Input>({
  effect: 'changes',
  needs: ({ input: { InstanceProfileName, RoleName }, ...scope }) => [
    ...instanceProfileNeeds(scope, 'iam:AddRoleToInstanceProfile', InstanceProfileName),
    {
      action: 'iam:PassRole',
      resource: role.find(scope, RoleName)?.Arn ?? role.arn(scope, '/', RoleName),
      context: { 'iam:PassedToService': 'ec2.amazonaws.com' },
    },
  ],
  handle({ input, ...scope }) {
    const profile = instanceProfileNamed(scope, input.InstanceProfileName)
    const { RoleName } = role.named(scope, input.RoleName)
    if (profile.role !== undefined) throw limitExceeded('InstanceSessionsPerInstanceProfile', 1)
    saveInstanceProfile(scope, { ...profile, role: RoleName })
    return undefined
  },
})
