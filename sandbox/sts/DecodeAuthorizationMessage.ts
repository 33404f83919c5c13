import { AwsError } from '../errors.ts'
import { defineOperation } from '../operation.ts'

/** IAM, STS and ECR put no encoded message into their denials, so there is none that this could decode: each is invalid (text unsure). */
export const DecodeAuthorizationMessage = defineOperation<{ EncodedMessage: string }>({
  effect: 'reads',
  needs: () => [{ action: 'sts:DecodeAuthorizationMessage', resource: '*' }],
  handle() {
    throw new AwsError('InvalidAuthorizationMessageException', 400, 'Message is not valid')
  },
})
