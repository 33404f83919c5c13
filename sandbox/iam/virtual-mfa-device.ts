import type { Need } from '../operation.ts'
import { type User, uniqueIds, users, type VirtualMfaDevice, virtualMfaDevices } from './entities.ts'
import type { Scope } from './holder.ts'
import { resourceTagContext } from './tags.ts'
import { unsure } from './unsure.ts'

export const mfaArn = ({ caller }: Scope, path: string, name: string): string =>
  `arn:aws:iam::${caller.accountId}:mfa${path}${name}`

export const findMfaDevice = ({ state, caller }: Scope, serial: string): VirtualMfaDevice | undefined =>
  state.get(virtualMfaDevices, caller.accountId, serial)

/** Throws NoSuchEntity. */
export const mfaDeviceNamed = (scope: Scope, serial: string): VirtualMfaDevice => {
  const device = findMfaDevice(scope, serial)
  if (device === undefined) throw unsure.mfaDeviceNotFound(serial)
  return device
}

/** The user's device. Throws NoSuchEntity for another's, too. */
export const mfaDeviceOf = (scope: Scope, { UserId }: User, serial: string): VirtualMfaDevice => {
  const device = mfaDeviceNamed(scope, serial)
  if (device.enabled?.UserId !== UserId) throw unsure.mfaDeviceNotFound(serial)
  return device
}

export const saveMfaDevice = ({ state, caller }: Scope, device: VirtualMfaDevice): void =>
  state.put(virtualMfaDevices, device, caller.accountId, device.SerialNumber)

/** In the order of their serial numbers. */
export const mfaDevices = ({ state, caller }: Scope): VirtualMfaDevice[] =>
  Array.from(state.list(virtualMfaDevices, [caller.accountId]), ({ value }) => value)

export const mfaDevicesOf = (scope: Scope, { UserId }: Pick<User, 'UserId'>): VirtualMfaDevice[] =>
  mfaDevices(scope).filter(({ enabled }) => enabled?.UserId === UserId)

/** A serial number may also be that of a piece of hardware, which is no ARN. */
export const mfaDeviceNeeds = (scope: Scope, action: string, serial: string): Need[] => [
  {
    action,
    resource: serial.startsWith('arn:') ? serial : mfaArn(scope, '/', serial),
    context: resourceTagContext(findMfaDevice(scope, serial)?.Tags ?? []),
  },
]

/** The user that a device is enabled for. */
export const holderOf = ({ state, caller }: Scope, { enabled }: VirtualMfaDevice): User | undefined => {
  const owner = enabled === undefined ? undefined : state.get(uniqueIds, enabled.UserId)
  return owner === undefined ? undefined : state.get(users, caller.accountId, owner.name.toLowerCase())
}
