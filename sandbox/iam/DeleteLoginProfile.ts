import { defineOperation } from '../operation.ts'
import { loginProfiles } from './entities.ts'
import { user } from './holder.ts'
import { loginProfileOf } from './login-profile.ts'

interface Input {
  UserName: string
}

export const DeleteLoginProfile = defineOperation<Input>({
  effect: 'changes',
  needs: call => user.needs(call, 'iam:DeleteLoginProfile', call.input.UserName),
  handle({ input, ...scope }) {
    const { UserName } = loginProfileOf(scope, input.UserName)
    scope.state.remove(loginProfiles, scope.caller.accountId, UserName.toLowerCase())
    return undefined
  },
})
