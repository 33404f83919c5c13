import { deflateRawSync } from 'node:zlib'
import { validateIdentityPolicy } from '../../policy/index.ts'
import { AwsError } from '../errors.ts'
import type { Call } from '../operation.ts'
import { managedPolicy } from '../policy-set.ts'

export interface SessionPolicyInput {
  Policy?: string
  PolicyArns?: { arn?: string }[]
}

/** @throws AwsError MalformedPolicyDocument in IAM's words */
export const checkSessionPolicy = ({ Policy }: SessionPolicyInput): void => {
  const fault = Policy === undefined ? null : validateIdentityPolicy(Policy, 'session')
  if (fault !== null) throw new AwsError(fault.code, fault.status, fault.message)
}

/** The managed session policies, which must be AWS's or of the role's own account. @throws AwsError (text unsure) */
export const sessionPolicyArns = (
  { PolicyArns = [] }: SessionPolicyInput,
  accountId: string,
  state: Call['state'],
): string[] =>
  PolicyArns.map(({ arn = '' }) => {
    const isNear = arn.startsWith('arn:aws:iam::aws:') || arn.startsWith(`arn:aws:iam::${accountId}:`)
    if (!isNear || managedPolicy(arn, state) === undefined)
      throw new AwsError('ValidationError', 400, `${arn} is invalid`)
    return arn
  })

/** AWS packs session policies and tags into a binary form it does not publish; this share of it is an estimate. */
const allotted = 1024

/**
 * Per cent of the allotted space.
 * @throws AwsError PackedPolicyTooLarge
 */
export const packedPolicySize = (
  { Policy = '', PolicyArns = [] }: SessionPolicyInput,
  tags: Record<string, string>,
): number => {
  const parts = [Policy, ...PolicyArns.map(({ arn }) => arn ?? ''), ...Object.entries(tags).flat()]
  const size = parts.every(part => part === '') ? 0 : deflateRawSync(parts.join('\n')).length
  const percent = Math.ceil((size / allotted) * 100)
  if (percent > 100) {
    throw new AwsError(
      'PackedPolicyTooLarge',
      400,
      `Packed policy consumes ${percent}% of allotted space, please use smaller policy.`,
    )
  }
  return percent
}
