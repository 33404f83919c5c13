import { AwsError } from '../errors.ts'
import { accessKeys } from '../iam/entities.ts'
import { defineOperation } from '../operation.ts'
import { sessions } from './entities.ts'

/** The account of any key, active or not. What AWS answers to an unknown one is not recorded. */
export const GetAccessKeyInfo = defineOperation<{ AccessKeyId: string }>({
  effect: 'reads',
  // The denial has no `on resource` part (recorded in logs).
  needs: () => [{ action: 'sts:GetAccessKeyInfo', resource: '*', printed: '' }],
  handle({ input: { AccessKeyId }, state }) {
    const owner = state.get(accessKeys, AccessKeyId) ?? state.get(sessions, AccessKeyId)
    if (owner === undefined) throw new AwsError('ValidationError', 400, `${AccessKeyId} is invalid`)
    return { Account: owner.accountId }
  },
})
