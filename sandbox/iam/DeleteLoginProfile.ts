import { defineOperation } from '../operation.ts'
import { loginProfiles } from './entities.ts'
import { loginProfileNeeds, loginProfileOf, profileOwner } from './login-profile.ts'

interface Input {
  UserName?: string
}

export const DeleteLoginProfile = defineOperation<Input>({
  effect: 'changes',
  needs: call => loginProfileNeeds(call, 'iam:DeleteLoginProfile', call.input.UserName),
  handle({ input, ...scope }) {
    const { UserName } = loginProfileOf(scope, profileOwner(scope, input.UserName))
    scope.state.remove(loginProfiles, scope.caller.accountId, UserName.toLowerCase())
    return undefined
  },
})
