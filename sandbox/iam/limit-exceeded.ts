import { AwsError } from '../errors.ts'

/** `quota` in AWS's spelling: `PoliciesPerRole`, `AccessKeysPerUser`. */
export const limitExceeded = (quota: string, maximum: number): AwsError =>
  new AwsError('LimitExceeded', 409, `Cannot exceed quota for ${quota}: ${maximum}`)
