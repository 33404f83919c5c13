import { defineOperation } from '../operation.ts'
import { type Detail, detailsOf, type Filter } from './authorization-details.ts'
import { type PageInput, pageOfList } from './pagination.ts'

interface Input extends PageInput {
  Filter?: Filter[]
}

/** The four lists are always there; one page counts the entries of all of them. */
export const GetAccountAuthorizationDetails = defineOperation<Input>({
  effect: 'reads',
  needs: () => [{ action: 'iam:GetAccountAuthorizationDetails', resource: '*' }],
  handle(call) {
    const { Filter: wanted } = call.input
    const details = detailsOf(call).filter(({ filter }) => !wanted?.length || wanted.includes(filter))
    const { items, rest } = pageOfList(details, call.input, ({ filter, name }) => `${filter} ${name}`)
    const shown = (list: Detail['list']) => items.filter(item => item.list === list).map(item => item.show())
    return {
      UserDetailList: shown('UserDetailList'),
      GroupDetailList: shown('GroupDetailList'),
      RoleDetailList: shown('RoleDetailList'),
      Policies: shown('Policies'),
      ...rest,
    }
  },
})
