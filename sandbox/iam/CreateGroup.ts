import { defineOperation } from '../operation.ts'
import type { Group } from './entities.ts'
import { groupExists } from './group-exists.ts'
import { groupOutput } from './group-output.ts'
import { group } from './holder.ts'

interface Input {
  GroupName: string
  Path?: string
}

export const CreateGroup = defineOperation<Input>({
  effect: 'changes',
  needs: ({ input, ...scope }) => [
    { action: 'iam:CreateGroup', resource: group.arn(scope, input.Path ?? '/', input.GroupName) },
  ],
  handle({ input: { GroupName, Path = '/' }, now, secrets, ...scope }) {
    if (group.find(scope, GroupName)) throw groupExists(GroupName)
    const created: Group = {
      Path,
      GroupName,
      GroupId: secrets.newId('AGPA'),
      Arn: group.arn(scope, Path, GroupName),
      CreateDate: now,
      inline: {},
      attached: [],
    }
    group.save(scope, created)
    return { Group: groupOutput(created) }
  },
})
