import { base32 } from '../mfa/base32.ts'
import { defineOperation } from '../operation.ts'
import type { Tag } from './entities.ts'
import { refuseDuplicateTags, requestTagContext } from './tags.ts'
import { unsure } from './unsure.ts'
import { findMfaDevice, mfaArn, saveMfaDevice } from './virtual-mfa-device.ts'

interface Input {
  VirtualMFADeviceName: string
  Path?: string
  Tags?: Tag[]
}

/** The model bounds the serial number where it is asked for, and the name that it is made of nowhere. */
const longestSerial = 256

/** The only answer that ever shows the seed, as text; the sandbox draws no QR code of it. */
export const CreateVirtualMFADevice = defineOperation<Input>({
  effect: 'changes',
  needs({ input, ...scope }) {
    const resource = mfaArn(scope, input.Path ?? '/', input.VirtualMFADeviceName)
    const need = { resource, context: requestTagContext(input.Tags) }
    const create = { action: 'iam:CreateVirtualMFADevice', ...need }
    return input.Tags?.length ? [create, { action: 'iam:TagMFADevice', ...need }] : [create]
  },
  handle({ input, now, secrets, ...scope }) {
    const { VirtualMFADeviceName, Path = '/', Tags = [] } = input
    refuseDuplicateTags(Tags, 'insensitive')
    const SerialNumber = mfaArn(scope, Path, VirtualMFADeviceName)
    if (SerialNumber.length > longestSerial)
      throw unsure.mfaNameTooLong(longestSerial - SerialNumber.length + VirtualMFADeviceName.length)
    if (findMfaDevice(scope, SerialNumber)) throw unsure.mfaDeviceExists()
    const seedId = secrets.newId('MFA')
    saveMfaDevice(scope, { SerialNumber, seedId, CreateDate: now, Tags })
    const Base32StringSeed = Buffer.from(base32(secrets.mfaSeed(seedId)))
    return { VirtualMFADevice: { SerialNumber, Base32StringSeed, ...(Tags.length === 0 ? {} : { Tags }) } }
  },
})
