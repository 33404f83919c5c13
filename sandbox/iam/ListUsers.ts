import { defineOperation } from '../operation.ts'
import { users } from './entities.ts'
import { user } from './holder.ts'
import { type PageInput, pageOfTable, underPath } from './pagination.ts'
import { listedUser } from './user-output.ts'

interface Input extends PageInput {
  PathPrefix?: string
}

export const ListUsers = defineOperation<Input>({
  effect: 'reads',
  needs: call => [{ action: 'iam:ListUsers', resource: user.arn(call, call.input.PathPrefix ?? '/', '') }],
  handle(call) {
    const { items, rest } = pageOfTable(call, users, call.input, user.nameOf, underPath(call.input.PathPrefix))
    return { Users: items.map(listedUser), ...rest }
  },
})
