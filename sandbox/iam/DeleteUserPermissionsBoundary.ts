import { defineOperation } from '../operation.ts'
import { user } from './holder.ts'
import { inlineChangeNeeds } from './inline-policies.ts'
import { recordBoundary } from './permissions-boundary.ts'

interface Input {
  UserName: string
}

/** Deleting where there is none succeeds (unsure: no record). */
export const DeleteUserPermissionsBoundary = defineOperation<Input>({
  effect: 'changes',
  needs: call => inlineChangeNeeds(call, user, 'iam:DeleteUserPermissionsBoundary', call.input.UserName),
  handle({ input, ...scope }) {
    const { PermissionsBoundary: old, ...entity } = user.named(scope, input.UserName)
    user.save(scope, entity)
    recordBoundary(scope, 'user-boundary', entity.UserName, old, undefined)
    return undefined
  },
})
