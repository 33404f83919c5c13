import { authenticator } from '../../sandbox/mfa/authenticator.ts'
import { keysOf, must, type Person } from './person.ts'

export const mayAssume = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*' }],
})

/** A user `ann` with a device, and the role `guarded`, which only a session with MFA may assume: profiles of these names. */
export async function withMfa({ owner, write }: Person) {
  await must(owner, 'iam:CreateUser', { UserName: 'ann' })
  await must(owner, 'iam:PutUserPolicy', { UserName: 'ann', PolicyName: 'assume', PolicyDocument: mayAssume })
  const { AccessKey } = (await must(owner, 'iam:CreateAccessKey', { UserName: 'ann' })) as {
    AccessKey: { AccessKeyId: string; SecretAccessKey: string }
  }
  const { VirtualMFADevice } = (await must(owner, 'iam:CreateVirtualMFADevice', { VirtualMFADeviceName: 'ann' })) as {
    VirtualMFADevice: { SerialNumber: string; Base32StringSeed: Uint8Array }
  }
  const { SerialNumber, Base32StringSeed } = VirtualMFADevice
  const phone = authenticator(Base32StringSeed)
  const codes = { AuthenticationCode1: phone.code(-2), AuthenticationCode2: phone.code(-1) }
  await must(owner, 'iam:EnableMFADevice', { UserName: 'ann', SerialNumber, ...codes })
  const trust = {
    Effect: 'Allow',
    Principal: { AWS: 'arn:aws:iam::111122223333:root' },
    Action: 'sts:AssumeRole',
    Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
  }
  await must(owner, 'iam:CreateRole', {
    RoleName: 'guarded',
    AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [trust] }),
  })
  const guarded = (name: string) =>
    `[profile ${name}]\nrole_arn = arn:aws:iam::111122223333:role/guarded\nrole_session_name = ${name}\nsource_profile = ann\nmfa_serial = ${SerialNumber}\n`
  const keys = { accessKeyId: AccessKey.AccessKeyId, secretAccessKey: AccessKey.SecretAccessKey }
  await write({ credentials: `[ann]\n${keysOf(keys)}\n`, config: guarded('guarded') + guarded('guarded-too') })
  return { phone, SerialNumber }
}
