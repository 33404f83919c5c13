import { defineOperation } from '../operation.ts'
import { role } from './holder.ts'
import { unsure } from './unsure.ts'

const roleOf = (task: string): { path: string; name: string } => {
  const [, path = '/', name = '*'] = /^task(\/aws-service-role\/[\w.-]+\/)([\w+=,.@-]{1,64})\/[\w-]+$/.exec(task) ?? []
  return { path, name }
}

interface Input {
  DeletionTaskId: string
}

/** Tasks are not kept: the task of a role that is gone has succeeded. */
export const GetServiceLinkedRoleDeletionStatus = defineOperation<Input>({
  effect: 'reads',
  needs: ({ input, ...scope }) => [
    {
      action: 'iam:GetServiceLinkedRoleDeletionStatus',
      resource: role.arn(scope, roleOf(input.DeletionTaskId).path, roleOf(input.DeletionTaskId).name),
    },
  ],
  handle({ input: { DeletionTaskId }, ...scope }) {
    const { name } = roleOf(DeletionTaskId)
    if (name === '*' || role.find(scope, name)) throw unsure.taskNotFound(DeletionTaskId)
    return { Status: 'SUCCEEDED' }
  },
})
