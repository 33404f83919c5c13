import { defineOperation } from '../operation.ts'
import { loginProfiles } from './entities.ts'
import { user } from './holder.ts'
import { loginProfileNeeds, loginProfileOutput, profileOwner } from './login-profile.ts'
import { unsure } from './unsure.ts'

interface Input {
  UserName?: string
  Password?: string
  PasswordResetRequired?: boolean
}

/** The password is not kept: the sandbox has no console to sign in to. */
export const CreateLoginProfile = defineOperation<Input>({
  effect: 'changes',
  needs: call => loginProfileNeeds(call, 'iam:CreateLoginProfile', call.input.UserName),
  handle({ input, now, ...scope }) {
    const { UserName } = user.named(scope, profileOwner(scope, input.UserName))
    const key = [scope.caller.accountId, UserName.toLowerCase()] as const
    if (scope.state.get(loginProfiles, ...key)) throw unsure.loginProfileExists(UserName)
    const profile = { CreateDate: now, PasswordResetRequired: input.PasswordResetRequired ?? false }
    scope.state.put(loginProfiles, profile, ...key)
    return { LoginProfile: loginProfileOutput({ UserName, ...profile }) }
  },
})
