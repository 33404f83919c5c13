import { defineOperation } from '../operation.ts'
import { role } from './holder.ts'
import { instanceProfileOutput, instanceProfilesOfRole } from './instance-profile.ts'
import { type PageInput, pageOfSorted } from './pagination.ts'

interface Input extends PageInput {
  RoleName: string
}

export const ListInstanceProfilesForRole = defineOperation<Input>({
  effect: 'reads',
  needs: call => role.needs(call, 'iam:ListInstanceProfilesForRole', call.input.RoleName),
  handle(call) {
    const profiles = instanceProfilesOfRole(call, role.named(call, call.input.RoleName).RoleName)
    const { items, rest } = pageOfSorted(profiles, call.input, profile => profile.InstanceProfileName.toLowerCase())
    return { InstanceProfiles: items.map(profile => instanceProfileOutput(call, profile)), ...rest }
  },
})
