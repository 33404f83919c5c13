import type { AwsError } from '../errors.ts'
import { arnNotValid } from './policy-errors.ts'

/** The caller's text as the resource of a need, which must at least begin as an ARN: the model sets no pattern for it. @throws AwsError */
export const arnResource = (text: string, fault: AwsError = arnNotValid('ValidationError', text)): string => {
  if (!text.startsWith('arn:')) throw fault
  return text
}
