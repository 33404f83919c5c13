import { defineOperation } from '../operation.ts'
import { roles, uniqueIds } from './entities.ts'
import { role } from './holder.ts'
import { linkedRoleNamed } from './service-linked-role.ts'

interface Input {
  RoleName: string
}

/** Done at once: no service uses the role here, so its deletion task has succeeded when it is named. */
export const DeleteServiceLinkedRole = defineOperation<Input>({
  effect: 'changes',
  needs: call => role.needs(call, 'iam:DeleteServiceLinkedRole', call.input.RoleName),
  handle({ input, requestId, ...scope }) {
    const { RoleName, RoleId, Path } = linkedRoleNamed(scope, input.RoleName)
    scope.state.remove(uniqueIds, RoleId)
    scope.state.remove(roles, scope.caller.accountId, RoleName.toLowerCase())
    return { DeletionTaskId: `task${Path}${RoleName}/${requestId}` }
  },
})
