import { defineOperation } from '../operation.ts'
import { loginProfileNeeds, loginProfileOf, loginProfileOutput, profileOwner } from './login-profile.ts'

interface Input {
  UserName?: string
}

export const GetLoginProfile = defineOperation<Input>({
  effect: 'reads',
  needs: call => loginProfileNeeds(call, 'iam:GetLoginProfile', call.input.UserName),
  handle: call => ({ LoginProfile: loginProfileOutput(loginProfileOf(call, profileOwner(call, call.input.UserName))) }),
})
