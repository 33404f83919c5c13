import { AwsError } from '../errors.ts'
import { defineOperation } from '../operation.ts'
import { keysOf, removeKey, saveKey } from './access-keys.ts'
import { loginProfiles, uniqueIds, users } from './entities.ts'
import { user } from './holder.ts'
import { moveAttachments } from './rename.ts'

interface Input {
  UserName: string
  NewPath?: string
  NewUserName?: string
}

/** A rename keeps the unique id and the keys; permission is needed on the old name and on the new one. */
export const UpdateUser = defineOperation<Input>({
  effect: 'changes',
  needs({ input, ...scope }) {
    const { UserName, NewPath, NewUserName } = input
    const old = user.needs(scope, 'iam:UpdateUser', UserName)
    if (NewPath === undefined && NewUserName === undefined) return old
    const path = NewPath ?? user.find(scope, UserName)?.Path ?? '/'
    return [...old, { action: 'iam:UpdateUser', resource: user.arn(scope, path, NewUserName ?? UserName) }]
  },
  handle({ input, ...scope }) {
    const { state, caller } = scope
    const entity = user.named(scope, input.UserName)
    const UserName = input.NewUserName ?? entity.UserName
    const Path = input.NewPath ?? entity.Path
    const [from, to] = [entity.UserName.toLowerCase(), UserName.toLowerCase()]
    if (from !== to && user.find(scope, UserName)) {
      throw new AwsError('EntityAlreadyExists', 409, `User with name ${UserName} already exists.`)
    }
    for (const key of keysOf(scope, entity.UserName)) {
      removeKey(scope, key)
      saveKey(scope, { ...key, UserName })
    }
    moveAttachments(scope, 'user', entity, from, to)
    const login = state.get(loginProfiles, caller.accountId, from)
    state.remove(loginProfiles, caller.accountId, from)
    if (login) state.put(loginProfiles, login, caller.accountId, to)
    state.remove(users, caller.accountId, from)
    user.save(scope, { ...entity, UserName, Path, Arn: user.arn(scope, Path, UserName) })
    state.put(uniqueIds, { accountId: caller.accountId, kind: 'user', name: UserName }, entity.UserId)
    return undefined
  },
})
