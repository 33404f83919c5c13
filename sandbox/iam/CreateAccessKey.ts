import { defineOperation } from '../operation.ts'
import { keysOf, namedOwner, saveKey } from './access-keys.ts'
import type { AccessKey } from './entities.ts'
import { user } from './holder.ts'
import { impliedUser, impliedUserNeeds } from './implied-user.ts'
import { limitExceeded } from './limit-exceeded.ts'

const maximum = 2

interface Input {
  UserName?: string
}

/** The only answer that ever shows the secret. */
export const CreateAccessKey = defineOperation<Input>({
  effect: 'changes',
  needs: call => impliedUserNeeds(call, 'iam:CreateAccessKey', call.input.UserName),
  handle({ input, now, secrets, ...scope }) {
    const name = impliedUser(scope.caller, input.UserName)
    const owner = name === null ? null : user.named(scope, name).UserName
    if (keysOf(scope, owner).length >= maximum) throw limitExceeded('AccessKeysPerUser', maximum)
    const key: AccessKey = {
      AccessKeyId: secrets.newId('AKIA'),
      UserName: owner,
      accountId: scope.caller.accountId,
      Status: 'Active',
      CreateDate: now,
    }
    saveKey(scope, key)
    return {
      AccessKey: {
        ...namedOwner(key),
        AccessKeyId: key.AccessKeyId,
        Status: key.Status,
        SecretAccessKey: secrets.secretAccessKey(key.AccessKeyId),
        CreateDate: new Date(now),
      },
    }
  },
})
