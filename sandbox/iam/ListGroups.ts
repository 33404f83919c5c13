import { defineOperation } from '../operation.ts'
import { groups } from './entities.ts'
import { groupOutput } from './group-output.ts'
import { group } from './holder.ts'
import { type PageInput, pageOfTable, underPath } from './pagination.ts'

interface Input extends PageInput {
  PathPrefix?: string
}

export const ListGroups = defineOperation<Input>({
  effect: 'reads',
  needs: call => [{ action: 'iam:ListGroups', resource: group.arn(call, call.input.PathPrefix ?? '/', '') }],
  handle(call) {
    const { items, rest } = pageOfTable(call, groups, call.input, group.nameOf, underPath(call.input.PathPrefix))
    return { Groups: items.map(groupOutput), ...rest }
  },
})
