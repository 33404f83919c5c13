import { defineOperation } from '../operation.ts'
import { virtualMfaDevices } from './entities.ts'
import { unsure } from './unsure.ts'
import { mfaDeviceNamed, mfaDeviceNeeds } from './virtual-mfa-device.ts'

interface Input {
  SerialNumber: string
}

export const DeleteVirtualMFADevice = defineOperation<Input>({
  effect: 'changes',
  needs: call => mfaDeviceNeeds(call, 'iam:DeleteVirtualMFADevice', call.input.SerialNumber),
  handle({ input, ...scope }) {
    const { SerialNumber, enabled } = mfaDeviceNamed(scope, input.SerialNumber)
    if (enabled !== undefined) throw unsure.mfaDeviceStillEnabled()
    scope.state.remove(virtualMfaDevices, scope.caller.accountId, SerialNumber)
    return undefined
  },
})
