import { defineOperation } from '../operation.ts'
import { role } from './holder.ts'
import { recordBoundary, requireBoundary } from './permissions-boundary.ts'
import { refuseProtected } from './protected-role.ts'

interface Input {
  RoleName: string
  PermissionsBoundary: string
}

export const PutRolePermissionsBoundary = defineOperation<Input>({
  effect: 'changes',
  needs: ({ input, ...scope }) =>
    role.needs(scope, 'iam:PutRolePermissionsBoundary', input.RoleName, {
      'iam:PermissionsBoundary': input.PermissionsBoundary,
    }),
  handle({ input, ...scope }) {
    const entity = role.named(scope, input.RoleName)
    refuseProtected(entity)
    requireBoundary(scope, input.PermissionsBoundary)
    role.save(scope, { ...entity, PermissionsBoundary: input.PermissionsBoundary })
    recordBoundary(scope, 'role-boundary', entity.RoleName, entity.PermissionsBoundary, input.PermissionsBoundary)
    return undefined
  },
})
