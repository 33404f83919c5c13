import { defineOperation } from '../operation.ts'
import { creationNeeds } from './creation-needs.ts'
import type { InstanceProfile, Tag } from './entities.ts'
import {
  findInstanceProfile,
  instanceProfileArn,
  instanceProfileOutput,
  saveInstanceProfile,
  tagsShown,
} from './instance-profile.ts'
import { refuseDuplicateTags } from './tags.ts'
import { unsure } from './unsure.ts'

interface Input {
  InstanceProfileName: string
  Path?: string
  Tags?: Tag[]
}

export const CreateInstanceProfile = defineOperation<Input>({
  effect: 'changes',
  needs: ({ input, ...scope }) =>
    creationNeeds('InstanceProfile', instanceProfileArn(scope, input.Path ?? '/', input.InstanceProfileName), input),
  handle({ input, now, secrets, ...scope }) {
    const { InstanceProfileName, Path = '/', Tags = [] } = input
    refuseDuplicateTags(Tags, 'sensitive')
    if (findInstanceProfile(scope, InstanceProfileName)) throw unsure.instanceProfileExists(InstanceProfileName)
    const profile: InstanceProfile = {
      InstanceProfileName,
      InstanceProfileId: secrets.newId('AIPA'),
      Path,
      Arn: instanceProfileArn(scope, Path, InstanceProfileName),
      CreateDate: now,
      Tags,
    }
    saveInstanceProfile(scope, profile)
    return { InstanceProfile: { ...instanceProfileOutput(scope, profile), ...tagsShown(profile) } }
  },
})
