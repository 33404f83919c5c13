import { accounts } from '../accounts.ts'
import { defineOperation } from '../operation.ts'
import { user } from './holder.ts'
import { impliedUser, impliedUserNeeds } from './implied-user.ts'
import { describedUser } from './user-output.ts'

interface Input {
  UserName?: string
}

/** Without a name it is the caller; the root user has a record without UserName. */
export const GetUser = defineOperation<Input>({
  effect: 'reads',
  needs: call => impliedUserNeeds(call, 'iam:GetUser', call.input.UserName),
  handle({ input, ...scope }) {
    const { state, caller, now } = scope
    const name = impliedUser(caller, input.UserName)
    if (name !== null) return { User: describedUser(user.named(scope, name)) }
    const created = state.get(accounts, caller.accountId)?.createdAt ?? now
    return { User: { UserId: caller.accountId, Arn: caller.arn, CreateDate: new Date(created) } }
  },
})
