import { defineOperation } from '../operation.ts'
import { roles } from './entities.ts'
import { role } from './holder.ts'
import { type PageInput, pageOfTable, underPath } from './pagination.ts'
import { listedRole } from './role-output.ts'

interface Input extends PageInput {
  PathPrefix?: string
}

export const ListRoles = defineOperation<Input>({
  effect: 'reads',
  needs: call => [{ action: 'iam:ListRoles', resource: role.arn(call, call.input.PathPrefix ?? '/', '') }],
  handle(call) {
    const { items, rest } = pageOfTable(call, roles, call.input, role.nameOf, underPath(call.input.PathPrefix))
    return { Roles: items.map(item => listedRole(call, item)), ...rest }
  },
})
