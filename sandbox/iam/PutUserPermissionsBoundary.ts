import { defineOperation } from '../operation.ts'
import { user } from './holder.ts'
import { recordBoundary, requireBoundary } from './permissions-boundary.ts'

interface Input {
  UserName: string
  PermissionsBoundary: string
}

export const PutUserPermissionsBoundary = defineOperation<Input>({
  effect: 'changes',
  needs: ({ input, ...scope }) =>
    user.needs(scope, 'iam:PutUserPermissionsBoundary', input.UserName, {
      'iam:PermissionsBoundary': input.PermissionsBoundary,
    }),
  handle({ input, ...scope }) {
    const entity = user.named(scope, input.UserName)
    requireBoundary(scope, input.PermissionsBoundary)
    user.save(scope, { ...entity, PermissionsBoundary: input.PermissionsBoundary })
    recordBoundary(scope, 'user-boundary', entity.UserName, entity.PermissionsBoundary, input.PermissionsBoundary)
    return undefined
  },
})
