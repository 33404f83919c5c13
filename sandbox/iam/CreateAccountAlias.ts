import { defineOperation } from '../operation.ts'
import { accountAliases } from './entities.ts'
import { unsure } from './unsure.ts'

interface Input {
  AccountAlias: string
}

/** An account has one alias: a new one takes the place of the old. No two accounts share one. */
export const CreateAccountAlias = defineOperation<Input>({
  effect: 'changes',
  needs: () => [{ action: 'iam:CreateAccountAlias', resource: '*' }],
  handle({ input: { AccountAlias }, state, caller }) {
    for (const { key, value } of state.list(accountAliases, [])) {
      if (value === AccountAlias && key[0] !== caller.accountId) throw unsure.aliasTaken(AccountAlias)
    }
    state.put(accountAliases, AccountAlias, caller.accountId)
    return undefined
  },
})
