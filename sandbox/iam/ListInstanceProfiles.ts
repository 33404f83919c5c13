import { defineOperation } from '../operation.ts'
import { type InstanceProfile, instanceProfiles } from './entities.ts'
import { instanceProfileArn, instanceProfileOutput } from './instance-profile.ts'
import { type PageInput, pageOfTable, underPath } from './pagination.ts'

interface Input extends PageInput {
  PathPrefix?: string
}

export const ListInstanceProfiles = defineOperation<Input>({
  effect: 'reads',
  needs: call => [
    { action: 'iam:ListInstanceProfiles', resource: instanceProfileArn(call, call.input.PathPrefix ?? '/', '') },
  ],
  handle(call) {
    const nameOf = (profile: InstanceProfile) => profile.InstanceProfileName
    const { items, rest } = pageOfTable(call, instanceProfiles, call.input, nameOf, underPath(call.input.PathPrefix))
    return { InstanceProfiles: items.map(profile => instanceProfileOutput(call, profile)), ...rest }
  },
})
