import { AwsError } from '../errors.ts'

/** @throws AwsError NotImplemented: the sandbox has no MFA devices, and a code that nobody checked must not count */
export const refuseMfa = ({ SerialNumber, TokenCode }: { SerialNumber?: string; TokenCode?: string }): void => {
  if (SerialNumber === undefined && TokenCode === undefined) return
  throw new AwsError('NotImplemented', 501, 'MFA (SerialNumber, TokenCode) is not implemented by the sandbox')
}
