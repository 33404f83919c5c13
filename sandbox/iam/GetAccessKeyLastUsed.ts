import { AwsError } from '../errors.ts'
import { defineOperation } from '../operation.ts'
import { namedOwner } from './access-keys.ts'
import { accessKeys } from './entities.ts'
import { user } from './holder.ts'

interface Input {
  AccessKeyId: string
}

/** A key that the account does not have is refused as if permission were missing, without the colon (recorded). */
export const GetAccessKeyLastUsed = defineOperation<Input>({
  effect: 'reads',
  needs({ input: { AccessKeyId }, ...scope }) {
    const name = scope.state.get(accessKeys, AccessKeyId)?.UserName
    const resource = name ? (user.find(scope, name)?.Arn ?? '*') : '*'
    return [{ action: 'iam:GetAccessKeyLastUsed', resource, printed: `access key ${AccessKeyId}` }]
  },
  handle({ input: { AccessKeyId }, state, caller }) {
    const key = state.get(accessKeys, AccessKeyId)
    if (key?.accountId !== caller.accountId) {
      const text = `User: ${caller.arn} is not authorized to perform iam:GetAccessKeyLastUsed on resource: access key ${AccessKeyId}`
      throw new AwsError('AccessDenied', 403, text)
    }
    const { lastUsed } = key
    return {
      ...namedOwner(key),
      AccessKeyLastUsed:
        lastUsed === undefined
          ? { ServiceName: 'N/A', Region: 'N/A' }
          : { LastUsedDate: new Date(lastUsed.at), ServiceName: lastUsed.service, Region: lastUsed.region },
    }
  },
})
