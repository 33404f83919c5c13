import { defineOperation } from '../operation.ts'
import { accountAliases } from './entities.ts'
import type { PageInput } from './pagination.ts'

export const ListAccountAliases = defineOperation<PageInput>({
  effect: 'reads',
  needs: () => [{ action: 'iam:ListAccountAliases', resource: '*' }],
  handle({ state, caller }) {
    const alias = state.get(accountAliases, caller.accountId)
    return { AccountAliases: alias === undefined ? [] : [alias], IsTruncated: false }
  },
})
