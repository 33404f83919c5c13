import { defineOperation } from '../operation.ts'
import { user } from './holder.ts'
import { impliedUser, impliedUserNeeds } from './implied-user.ts'
import { type PageInput, pageOfSorted } from './pagination.ts'
import { mfaDevicesOf } from './virtual-mfa-device.ts'

interface Input extends PageInput {
  UserName?: string
}

export const ListMFADevices = defineOperation<Input>({
  effect: 'reads',
  needs: call => impliedUserNeeds(call, 'iam:ListMFADevices', call.input.UserName),
  handle({ input, ...scope }) {
    const name = impliedUser(scope.caller, input.UserName)
    const holder = name === null ? null : user.named(scope, name)
    const devices = holder === null ? [] : mfaDevicesOf(scope, holder)
    const { items, rest } = pageOfSorted(devices, input, ({ SerialNumber }) => SerialNumber)
    return {
      MFADevices: items.map(({ SerialNumber, enabled, CreateDate }) => ({
        UserName: holder?.UserName,
        SerialNumber,
        EnableDate: new Date(enabled?.EnableDate ?? CreateDate),
      })),
      ...rest,
    }
  },
})
