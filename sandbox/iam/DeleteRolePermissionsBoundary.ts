import { defineOperation } from '../operation.ts'
import { role } from './holder.ts'
import { inlineChangeNeeds } from './inline-policies.ts'
import { recordBoundary } from './permissions-boundary.ts'
import { refuseProtected } from './protected-role.ts'

interface Input {
  RoleName: string
}

/** Deleting where there is none succeeds (unsure: no record). */
export const DeleteRolePermissionsBoundary = defineOperation<Input>({
  effect: 'changes',
  needs: call => inlineChangeNeeds(call, role, 'iam:DeleteRolePermissionsBoundary', call.input.RoleName),
  handle({ input, ...scope }) {
    const { PermissionsBoundary: old, ...entity } = role.named(scope, input.RoleName)
    refuseProtected(entity)
    role.save(scope, entity)
    recordBoundary(scope, 'role-boundary', entity.RoleName, old, undefined)
    return undefined
  },
})
