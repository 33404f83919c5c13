import { defineOperation } from '../operation.ts'
import { instanceProfileNamed, instanceProfileNeeds, instanceProfileOutput, tagsShown } from './instance-profile.ts'

interface Input {
  InstanceProfileName: string
}

export const GetInstanceProfile = defineOperation<Input>({
  effect: 'reads',
  needs: call => instanceProfileNeeds(call, 'iam:GetInstanceProfile', call.input.InstanceProfileName),
  handle(call) {
    const profile = instanceProfileNamed(call, call.input.InstanceProfileName)
    return { InstanceProfile: { ...instanceProfileOutput(call, profile), ...tagsShown(profile) } }
  },
})
