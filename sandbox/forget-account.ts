import { accounts } from './accounts.ts'
import { images, imageTags, layers, registryPolicies, repositories, scanningConfigurations } from './ecr/entities.ts'
import {
  accessKeys,
  accountAliases,
  attachments,
  groups,
  instanceProfiles,
  keysOfUser,
  loginProfiles,
  oidcProviders,
  policies,
  roles,
  uniqueIds,
  users,
  virtualMfaDevices,
} from './iam/entities.ts'
import type { Store, Table } from './state/store.ts'

/** Tables whose keys begin with the account's id, or are it. */
const ofAccount: readonly Table<unknown>[] = [
  ...[accounts, roles, users, groups, policies, keysOfUser, instanceProfiles, attachments, accountAliases],
  ...[loginProfiles, virtualMfaDevices, oidcProviders],
  ...[repositories, images, imageTags, layers, registryPolicies, scanningConfigurations],
]

/** Takes an account out of the sandbox, with all that it holds. Sessions of its roles die with them. */
export const forgetAccount = (state: Store, id: string): void => {
  if (state.get(accounts, id) === undefined) return
  for (const table of ofAccount) {
    state.remove(table, id)
    for (const { key } of [...state.list(table, [id])]) state.remove(table, ...key)
  }
  removeOwned(state, accessKeys, id)
  removeOwned(state, uniqueIds, id)
}

const removeOwned = <T extends { accountId: string }>(state: Store, table: Table<T>, id: string): void => {
  for (const { key, value } of [...state.list(table, [])]) if (value.accountId === id) state.remove(table, ...key)
}
