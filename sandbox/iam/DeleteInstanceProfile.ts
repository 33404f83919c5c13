import { defineOperation } from '../operation.ts'
import { stillInInstanceProfile } from './delete-conflict.ts'
import { instanceProfiles } from './entities.ts'
import { instanceProfileNamed, instanceProfileNeeds } from './instance-profile.ts'

interface Input {
  InstanceProfileName: string
}

export const DeleteInstanceProfile = defineOperation<Input>({
  effect: 'changes',
  needs: call => instanceProfileNeeds(call, 'iam:DeleteInstanceProfile', call.input.InstanceProfileName),
  handle({ input, ...scope }) {
    const profile = instanceProfileNamed(scope, input.InstanceProfileName)
    if (profile.role !== undefined) throw stillInInstanceProfile()
    scope.state.remove(instanceProfiles, scope.caller.accountId, profile.InstanceProfileName.toLowerCase())
    return undefined
  },
})
