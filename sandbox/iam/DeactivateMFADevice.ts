import { defineOperation } from '../operation.ts'
import { user } from './holder.ts'
import { impliedUser, impliedUserNeeds } from './implied-user.ts'
import { unsure } from './unsure.ts'
import { mfaDeviceOf, saveMfaDevice } from './virtual-mfa-device.ts'

interface Input {
  UserName?: string
  SerialNumber: string
}

/** The root user of a sandbox has no device. */
export const DeactivateMFADevice = defineOperation<Input>({
  effect: 'changes',
  needs: call => impliedUserNeeds(call, 'iam:DeactivateMFADevice', call.input.UserName),
  handle({ input, ...scope }) {
    const name = impliedUser(scope.caller, input.UserName)
    if (name === null) throw unsure.mfaDeviceNotFound(input.SerialNumber)
    const { enabled: _, ...device } = mfaDeviceOf(scope, user.named(scope, name), input.SerialNumber)
    saveMfaDevice(scope, device)
    return undefined
  },
})
