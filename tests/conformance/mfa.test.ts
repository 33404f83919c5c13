import {
  CreateAccessKeyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  CreateVirtualMFADeviceCommand,
  EnableMFADeviceCommand,
  IAMClient,
  ListRolesCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam'
import { AssumeRoleCommand, GetSessionTokenCommand, STSClient } from '@aws-sdk/client-sts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { authenticator } from '../sandbox/mfa/authenticator.ts'
import { onSandboxOnly } from './on-aws.ts'
import { credentialsOf, newSandbox, refusalOf, type TestSandbox } from './sandbox-for-tests.ts'

onSandboxOnly('its codes are of half minutes to come, by a clock of our own')

let sandbox: TestSandbox
let iam: IAMClient
let ann: { sts: STSClient; iam: IAMClient }
let SerialNumber: string
let phone: ReturnType<typeof authenticator>
const account = '111122223333'
const UserName = 'ann'
const RoleArn = `arn:aws:iam::${account}:role/guarded`

/** Each test needs a code that no other has used. */
const enabled = async (VirtualMFADeviceName: string) => {
  const { VirtualMFADevice } = await iam.send(new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName }))
  const device = authenticator(VirtualMFADevice?.Base32StringSeed ?? new Uint8Array())
  const serial = VirtualMFADevice?.SerialNumber ?? ''
  const codes = { AuthenticationCode1: device.code(-2), AuthenticationCode2: device.code(-1) }
  await iam.send(new EnableMFADeviceCommand({ UserName, SerialNumber: serial, ...codes }))
  return { serial, device }
}

beforeAll(async () => {
  sandbox = await newSandbox()
  iam = new IAMClient(sandbox.config)
  await iam.send(new CreateUserCommand({ UserName }))
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }))
  const credentials = { accessKeyId: AccessKey?.AccessKeyId ?? '', secretAccessKey: AccessKey?.SecretAccessKey ?? '' }
  ann = {
    sts: new STSClient({ ...sandbox.config, credentials }),
    iam: new IAMClient({ ...sandbox.config, credentials }),
  }
  const statement = (more: object) =>
    JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...more }] })
  const withMfa = { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }
  await iam.send(
    new PutUserPolicyCommand({
      UserName,
      PolicyName: 'mfa',
      PolicyDocument: statement({
        Action: 'iam:ListRoles',
        Resource: '*',
        Condition: { NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' } },
      }),
    }),
  )
  const Principal = { AWS: `arn:aws:iam::${account}:user/${UserName}` }
  await iam.send(
    new CreateRoleCommand({
      RoleName: 'guarded',
      AssumeRolePolicyDocument: statement({ Principal, Action: 'sts:AssumeRole', ...withMfa }),
    }),
  )
  const { serial, device } = await enabled('phone')
  SerialNumber = serial
  phone = device
})
afterAll(() => sandbox.remove())

const assume = (more: object, client = ann.sts) =>
  client.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'tester', ...more }))

test('a trust policy that asks for MFA', async () => {
  const [code, , message] = await refusalOf(assume({}))
  expect(`${code}: ${message}`).toBe(
    `AccessDenied: User: arn:aws:iam::${account}:user/ann is not authorized to perform: sts:AssumeRole on resource: ${RoleArn}`,
  )
  const TokenCode = phone.code()
  expect(await assume({ SerialNumber, TokenCode })).toMatchObject({
    AssumedRoleUser: { Arn: `arn:aws:sts::${account}:assumed-role/guarded/tester` },
  })
  expect(await refusalOf(assume({ SerialNumber, TokenCode }))).toEqual([
    'AccessDenied',
    403,
    'MultiFactorAuthentication failed with invalid MFA one time pass code.',
  ])
})

test.each([
  ['no code', { SerialNumber: 'arn:aws:iam::111122223333:mfa/phone' }, ', must provide both MFA serial number'],
  ['no serial number', { TokenCode: '123456' }, ', must provide both MFA serial number'],
  [
    'an unknown device',
    { SerialNumber: 'arn:aws:iam::111122223333:mfa/none', TokenCode: '123456' },
    ', unable to validate MFA code.',
  ],
  [
    'a wrong code',
    { SerialNumber: 'arn:aws:iam::111122223333:mfa/phone', TokenCode: '000000' },
    ' with invalid MFA one time pass code.',
  ],
])('%s', async (_, input, text) => {
  for (const call of [() => assume(input), () => ann.sts.send(new GetSessionTokenCommand(input))]) {
    const [code, status, message] = await refusalOf(call())
    expect([code, status]).toEqual(['AccessDenied', 403])
    expect(message).toContain(`MultiFactorAuthentication failed${text}`)
  }
})

test("another user's device does not count", async () => {
  const admin = new STSClient(sandbox.config)
  const [, , message] = await refusalOf(assume({ SerialNumber, TokenCode: phone.code() }, admin))
  expect(message).toContain('unable to validate MFA code')
})

test('a session got with MFA carries it: its age is known, and IAM may be called', async () => {
  const { serial, device } = await enabled('token')
  await expect(ann.iam.send(new ListRolesCommand({}))).rejects.toMatchObject({ Code: 'AccessDenied' })
  const issued = await ann.sts.send(new GetSessionTokenCommand({ SerialNumber: serial, TokenCode: device.code() }))
  const session = { ...sandbox.config, credentials: credentialsOf(issued) }
  expect((await new IAMClient(session).send(new ListRolesCommand({}))).Roles).toHaveLength(1)
  expect(await assume({}, new STSClient(session))).toHaveProperty('Credentials')
})

test('the session of a role does not', async () => {
  const { serial, device } = await enabled('role')
  const issued = await assume({ SerialNumber: serial, TokenCode: device.code() })
  const role = new STSClient({ ...sandbox.config, credentials: credentialsOf(issued) })
  await expect(assume({}, role)).rejects.toMatchObject({ Code: 'AccessDenied' })
})
