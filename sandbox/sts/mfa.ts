import { AwsError } from '../errors.ts'
import { virtualMfaDevices } from '../iam/entities.ts'
import { periodWithCode } from '../mfa/totp.ts'
import type { Call } from '../operation.ts'

export interface MfaInput {
  SerialNumber?: string
  TokenCode?: string
}

/**
 * Checks the code of the caller's own device. null: the request names none. A code counts once.
 * @throws AwsError AccessDenied in STS's words (pasted in many issues)
 */
export const checkMfa = ({ input, caller, state, secrets, now }: Call<MfaInput>): { period: number } | null => {
  const { SerialNumber, TokenCode } = input
  if (SerialNumber === undefined && TokenCode === undefined) return null
  if (SerialNumber === undefined || TokenCode === undefined)
    throw failed(', must provide both MFA serial number and one time pass code.')
  const device = state.get(virtualMfaDevices, caller.accountId, SerialNumber)
  if (device?.enabled === undefined || caller.session !== null || device.enabled.UserId !== caller.principalId)
    throw failed(
      ', unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.',
    )
  const period = periodWithCode(secrets.mfaSeed(device.seedId), TokenCode, now, 1)
  if (period === null || period <= device.enabled.lastPeriod) throw failed(' with invalid MFA one time pass code.')
  return { period }
}

/** Checks the code and uses it up: it is good for no other call, nor is an older one. */
export const useMfa = (call: Call<MfaInput>): boolean => {
  const found = checkMfa(call)
  const { SerialNumber = '' } = call.input
  const device = call.state.get(virtualMfaDevices, call.caller.accountId, SerialNumber)
  if (found === null || device?.enabled === undefined) return false
  const enabled = { ...device.enabled, lastPeriod: found.period }
  call.state.put(virtualMfaDevices, { ...device, enabled }, call.caller.accountId, SerialNumber)
  return true
}

const failed = (text: string): AwsError => new AwsError('AccessDenied', 403, `MultiFactorAuthentication failed${text}`)
