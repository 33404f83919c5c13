import { defineOperation } from '../operation.ts'
import { user } from './holder.ts'
import { impliedUserNeeds } from './implied-user.ts'
import { unsure } from './unsure.ts'
import { holderOf, mfaDeviceNamed } from './virtual-mfa-device.ts'

interface Input {
  SerialNumber: string
  UserName?: string
}

/** Of a device that is enabled for a user. */
export const GetMFADevice = defineOperation<Input>({
  effect: 'reads',
  needs: call => impliedUserNeeds(call, 'iam:GetMFADevice', call.input.UserName),
  handle({ input, ...scope }) {
    const device = mfaDeviceNamed(scope, input.SerialNumber)
    const holder = holderOf(scope, device)
    const isOther = input.UserName !== undefined && user.named(scope, input.UserName).UserId !== holder?.UserId
    if (holder === undefined || device.enabled === undefined || isOther)
      throw unsure.mfaDeviceNotFound(input.SerialNumber)
    const { SerialNumber, enabled } = device
    return { UserName: holder.UserName, SerialNumber, EnableDate: new Date(enabled.EnableDate) }
  },
})
