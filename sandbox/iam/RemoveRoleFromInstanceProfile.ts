import { defineOperation } from '../operation.ts'
import { instanceProfileNamed, instanceProfileNeeds, saveInstanceProfile } from './instance-profile.ts'
import { unsure } from './unsure.ts'

interface Input {
  InstanceProfileName: string
  RoleName: string
}

export const RemoveRoleFromInstanceProfile = defineOperation<Input>({
  effect: 'changes',
  needs: call => instanceProfileNeeds(call, 'iam:RemoveRoleFromInstanceProfile', call.input.InstanceProfileName),
  handle({ input: { InstanceProfileName, RoleName }, ...scope }) {
    const { role: member, ...profile } = instanceProfileNamed(scope, InstanceProfileName)
    if (member?.toLowerCase() !== RoleName.toLowerCase()) throw unsure.roleNotInProfile(RoleName, InstanceProfileName)
    saveInstanceProfile(scope, profile)
    return undefined
  },
})
