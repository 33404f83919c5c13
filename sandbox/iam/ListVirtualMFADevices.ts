import { defineOperation } from '../operation.ts'
import { type PageInput, pageOfSorted } from './pagination.ts'
import { listedUser } from './user-output.ts'
import { holderOf, mfaArn, mfaDevices } from './virtual-mfa-device.ts'

interface Input extends PageInput {
  AssignmentStatus?: 'Assigned' | 'Unassigned' | 'Any'
}

export const ListVirtualMFADevices = defineOperation<Input>({
  effect: 'reads',
  needs: call => [{ action: 'iam:ListVirtualMFADevices', resource: mfaArn(call, '/', '') }],
  handle({ input, ...scope }) {
    const { AssignmentStatus: status = 'Any' } = input
    const wanted = mfaDevices(scope).filter(
      ({ enabled }) => status === 'Any' || (enabled !== undefined) === (status === 'Assigned'),
    )
    const { items, rest } = pageOfSorted(wanted, input, ({ SerialNumber }) => SerialNumber)
    return {
      VirtualMFADevices: items.map(device => {
        const holder = holderOf(scope, device)
        return {
          SerialNumber: device.SerialNumber,
          ...(holder === undefined ? {} : { User: listedUser(holder) }),
          ...(device.enabled === undefined ? {} : { EnableDate: new Date(device.enabled.EnableDate) }),
        }
      }),
      ...rest,
    }
  },
})
