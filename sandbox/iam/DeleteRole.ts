import { defineOperation } from '../operation.ts'
import { stillAttached, stillHasInlinePolicies, stillInInstanceProfile } from './delete-conflict.ts'
import { roles, uniqueIds } from './entities.ts'
import { role } from './holder.ts'
import { inlineChangeNeeds } from './inline-policies.ts'
import { instanceProfilesOfRole } from './instance-profile.ts'
import { recordBoundary } from './permissions-boundary.ts'
import { refuseProtected } from './protected-role.ts'

interface Input {
  RoleName: string
}

/** Order of the complaints unsure. Sessions of the role die with its unique id. */
export const DeleteRole = defineOperation<Input>({
  effect: 'changes',
  needs: call => inlineChangeNeeds(call, role, 'iam:DeleteRole', call.input.RoleName),
  handle({ input, ...scope }) {
    const { state, caller } = scope
    const entity = role.named(scope, input.RoleName)
    refuseProtected(entity)
    if (instanceProfilesOfRole(scope, entity.RoleName).length > 0) throw stillInInstanceProfile()
    if (entity.attached.length > 0) throw stillAttached()
    if (Object.keys(entity.inline).length > 0) throw stillHasInlinePolicies()
    recordBoundary(scope, 'role-boundary', entity.RoleName, entity.PermissionsBoundary, undefined)
    state.remove(uniqueIds, entity.RoleId)
    state.remove(roles, caller.accountId, entity.RoleName.toLowerCase())
    return undefined
  },
})
