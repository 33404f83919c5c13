import { defineOperation } from '../operation.ts'
import { accountAliases } from './entities.ts'
import { unsure } from './unsure.ts'

interface Input {
  AccountAlias: string
}

export const DeleteAccountAlias = defineOperation<Input>({
  effect: 'changes',
  needs: () => [{ action: 'iam:DeleteAccountAlias', resource: '*' }],
  handle({ input: { AccountAlias }, state, caller }) {
    if (state.get(accountAliases, caller.accountId) !== AccountAlias) throw unsure.aliasNotFound(AccountAlias)
    state.remove(accountAliases, caller.accountId)
    return undefined
  },
})
