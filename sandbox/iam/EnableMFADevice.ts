import { AwsError } from '../errors.ts'
import { periodAfterBoth } from '../mfa/totp.ts'
import { defineOperation } from '../operation.ts'
import { user } from './holder.ts'
import { limitExceeded } from './limit-exceeded.ts'
import { unsure } from './unsure.ts'
import { mfaDeviceNamed, mfaDevicesOf, saveMfaDevice } from './virtual-mfa-device.ts'

interface Input {
  UserName: string
  SerialNumber: string
  AuthenticationCode1: string
  AuthenticationCode2: string
}

const maximum = 8

/** Takes two codes that the device shows one after the other. https://docs.aws.amazon.com/IAM/latest/APIReference/API_EnableMFADevice.html */
export const EnableMFADevice = defineOperation<Input>({
  effect: 'changes',
  needs: call => user.needs(call, 'iam:EnableMFADevice', call.input.UserName),
  handle({ input, now, secrets, ...scope }) {
    const holder = user.named(scope, input.UserName)
    const device = mfaDeviceNamed(scope, input.SerialNumber)
    if (device.enabled !== undefined) throw unsure.mfaDeviceInUse()
    if (mfaDevicesOf(scope, holder).length >= maximum) throw limitExceeded('MFADevicesPerUser', maximum)
    const { AuthenticationCode1, AuthenticationCode2 } = input
    const lastPeriod = periodAfterBoth(secrets.mfaSeed(device.seedId), AuthenticationCode1, AuthenticationCode2, now)
    if (lastPeriod === null)
      throw new AwsError('InvalidAuthenticationCode', 403, 'Authentication code for device is not valid.')
    saveMfaDevice(scope, { ...device, enabled: { UserId: holder.UserId, EnableDate: now, lastPeriod } })
    return undefined
  },
})
