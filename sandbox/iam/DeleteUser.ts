import { defineOperation } from '../operation.ts'
import { keysOf } from './access-keys.ts'
import {
  stillAttached,
  stillHasAccessKeys,
  stillHasInlinePolicies,
  stillHasLoginProfile,
  stillHasMfaDevice,
  stillInGroups,
  stillReferenced,
} from './delete-conflict.ts'
import { loginProfiles, uniqueIds, users } from './entities.ts'
import { user } from './holder.ts'
import { inlineChangeNeeds } from './inline-policies.ts'
import { recordBoundary } from './permissions-boundary.ts'
import { mfaDevicesOf } from './virtual-mfa-device.ts'

interface Input {
  UserName: string
}

/** Order of the complaints unsure. */
export const DeleteUser = defineOperation<Input>({
  effect: 'changes',
  needs: call => inlineChangeNeeds(call, user, 'iam:DeleteUser', call.input.UserName),
  handle({ input, ...scope }) {
    const { state, caller } = scope
    const entity = user.named(scope, input.UserName)
    const name = entity.UserName.toLowerCase()
    if (keysOf(scope, name).length > 0) throw stillHasAccessKeys()
    if (state.get(loginProfiles, caller.accountId, name)) throw stillHasLoginProfile()
    if (mfaDevicesOf(scope, entity).length > 0) throw stillHasMfaDevice()
    if (entity.serviceCredentials?.length) throw stillReferenced()
    if (entity.groups.length > 0) throw stillInGroups()
    if (Object.keys(entity.inline).length > 0) throw stillHasInlinePolicies()
    if (entity.attached.length > 0) throw stillAttached()
    recordBoundary(scope, 'user-boundary', name, entity.PermissionsBoundary, undefined)
    state.remove(uniqueIds, entity.UserId)
    state.remove(users, caller.accountId, name)
    return undefined
  },
})
