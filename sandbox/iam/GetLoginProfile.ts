import { defineOperation } from '../operation.ts'
import { user } from './holder.ts'
import { loginProfileOf, loginProfileOutput } from './login-profile.ts'

interface Input {
  UserName: string
}

export const GetLoginProfile = defineOperation<Input>({
  effect: 'reads',
  needs: call => user.needs(call, 'iam:GetLoginProfile', call.input.UserName),
  handle: call => ({ LoginProfile: loginProfileOutput(loginProfileOf(call, call.input.UserName)) }),
})
