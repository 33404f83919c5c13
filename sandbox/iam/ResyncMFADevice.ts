import { AwsError } from '../errors.ts'
import { periodAfterBoth } from '../mfa/totp.ts'
import { defineOperation } from '../operation.ts'
import { user } from './holder.ts'
import { mfaDeviceOf } from './virtual-mfa-device.ts'

interface Input {
  UserName: string
  SerialNumber: string
  AuthenticationCode1: string
  AuthenticationCode2: string
}

/** The sandbox remembers no drift of a device's clock: two good codes are all there is to it. */
export const ResyncMFADevice = defineOperation<Input>({
  effect: 'reads',
  needs: call => user.needs(call, 'iam:ResyncMFADevice', call.input.UserName),
  handle({ input, now, secrets, ...scope }) {
    const { seedId } = mfaDeviceOf(scope, user.named(scope, input.UserName), input.SerialNumber)
    const { AuthenticationCode1, AuthenticationCode2 } = input
    if (periodAfterBoth(secrets.mfaSeed(seedId), AuthenticationCode1, AuthenticationCode2, now) === null)
      throw new AwsError('InvalidAuthenticationCode', 403, 'Authentication code for device is not valid.')
    return undefined
  },
})
