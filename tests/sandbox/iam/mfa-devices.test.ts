import { beforeEach, expect, test } from 'vitest'
import { virtualMfaDevices } from '../../../sandbox/iam/entities.ts'
import { type MemoryAccount, memoryAccount, refusal } from '../memory-account.ts'
import { authenticator } from '../mfa/authenticator.ts'
import { arn } from './documents.ts'

let account: MemoryAccount
let SerialNumber: string
let phone: ReturnType<typeof authenticator>
const ann = { UserName: 'ann' }

beforeEach(() => {
  account = memoryAccount()
  account.iam('CreateUser', ann)
  account.iam('CreateUser', { UserName: 'bob' })
  const { VirtualMFADevice } = account.iam('CreateVirtualMFADevice', { VirtualMFADeviceName: 'phone', Path: '/x/' })
  SerialNumber = VirtualMFADevice.SerialNumber
  phone = authenticator(VirtualMFADevice.Base32StringSeed)
})

const codes = (first = -1) => ({
  AuthenticationCode1: phone.code(first, account.now),
  AuthenticationCode2: phone.code(first + 1, account.now),
})
const enable = (UserName = 'ann') => account.iam('EnableMFADevice', { UserName, SerialNumber, ...codes() })
const missing = () => `404 NoSuchEntity: VirtualMFADevice with serial number ${SerialNumber} doesn't exist.`

test('a device has a serial number with its path, and a seed of 64 letters that is not stored', () => {
  expect(SerialNumber).toBe(arn('mfa', 'x/phone'))
  const stored = JSON.stringify([...account.state.list(virtualMfaDevices, [])])
  const again = account.iam('CreateVirtualMFADevice', { VirtualMFADeviceName: 'other' }).VirtualMFADevice
  expect(Buffer.from(again.Base32StringSeed).toString()).toMatch(/^[A-Z2-7]{64}$/)
  expect(stored).not.toContain('seed-of')
})

test('two codes in a row enable it; then it is listed with its user', () => {
  enable()
  expect(account.iam('ListMFADevices', ann).MFADevices).toEqual([
    { ...ann, SerialNumber, EnableDate: expect.any(Date) },
  ])
  expect(account.iam('ListMFADevices').MFADevices).toEqual([])
  expect(account.iam('GetMFADevice', { SerialNumber })).toMatchObject({ ...ann, SerialNumber })
  expect(account.iam('GetAccountSummary').SummaryMap).toMatchObject({ MFADevices: 1, MFADevicesInUse: 1 })
})

test.each([
  ['Any', 2],
  ['Assigned', 1],
  ['Unassigned', 1],
  [undefined, 2],
])('ListVirtualMFADevices %s', (AssignmentStatus, count) => {
  enable()
  account.iam('CreateVirtualMFADevice', { VirtualMFADeviceName: 'spare' })
  const { VirtualMFADevices } = account.iam('ListVirtualMFADevices', { AssignmentStatus })
  expect(VirtualMFADevices).toHaveLength(count)
  for (const device of VirtualMFADevices) {
    expect(device.User?.UserName).toBe(device.SerialNumber === SerialNumber ? 'ann' : undefined)
    expect(device).not.toHaveProperty('Base32StringSeed')
  }
})

const wrongCodes = '403 InvalidAuthenticationCode: Authentication code for device is not valid.'

test.each<[string, object, () => string]>([
  ['wrong codes', { AuthenticationCode1: '000000', AuthenticationCode2: '000000' }, () => wrongCodes],
  ['another device', { SerialNumber: arn('mfa', 'none') }, () => missing().replace('x/phone', 'none')],
  ['an unknown user', { UserName: 'none' }, () => '404 NoSuchEntity: The user with name none cannot be found.'],
])('EnableMFADevice with %s', (_, input, expected) => {
  expect(refusal(() => account.iam('EnableMFADevice', { ...ann, SerialNumber, ...codes(), ...input }))).toBe(expected())
})

test('a device serves one user', () => {
  enable()
  expect(refusal(() => enable('bob'))).toBe('409 EntityAlreadyExists: MFA Device is already in use.')
  expect(refusal(() => account.iam('DeactivateMFADevice', { UserName: 'bob', SerialNumber }))).toBe(missing())
  expect(refusal(() => account.iam('GetMFADevice', { UserName: 'bob', SerialNumber }))).toBe(missing())
})

test('a device of that name is there', () => {
  const again = () => account.iam('CreateVirtualMFADevice', { VirtualMFADeviceName: 'phone', Path: '/x/' })
  expect(refusal(again)).toBe('409 EntityAlreadyExists: MFADevice entity at the same path and name already exists.')
})

test('neither the device nor its user goes before it is deactivated', () => {
  enable()
  const remove = () => account.iam('DeleteVirtualMFADevice', { SerialNumber })
  expect(refusal(remove)).toBe('409 DeleteConflict: MFA VirtualDevice in use. Must deactivate first.')
  expect(refusal(() => account.iam('DeleteUser', ann))).toBe(
    '409 DeleteConflict: Cannot delete entity, must delete MFA device first.',
  )
  account.iam('DeactivateMFADevice', { ...ann, SerialNumber })
  remove()
  account.iam('DeleteUser', ann)
  expect(refusal(remove)).toBe(missing())
})

test('a rename keeps the device', () => {
  enable()
  account.iam('UpdateUser', { ...ann, NewUserName: 'anna' })
  expect(account.iam('ListMFADevices', { UserName: 'anna' }).MFADevices).toMatchObject([{ UserName: 'anna' }])
})

test('ResyncMFADevice takes two codes in a row', () => {
  enable()
  const resync = (given: object) => account.iam('ResyncMFADevice', { ...ann, SerialNumber, ...given })
  expect(resync(codes(0))).toEqual({})
  expect(refusal(() => resync({ ...codes(), AuthenticationCode2: '000000' }))).toBe(wrongCodes)
})
