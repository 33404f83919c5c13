import { allAccounts, createFirstAccounts } from './accounts.ts'
import type { Secrets } from './operation.ts'
import { openState, type StateFile } from './state/lmdb-store.ts'
import { masterKey } from './state/master-key.ts'
import { secretsFrom } from './state/secrets.ts'

/** An account of the sandbox with the long-term credentials of its user `admin`. */
export interface SandboxAccount {
  /** 12 digits. */
  id: string
  admin: { accessKeyId: string; secretAccessKey: string }
}

export interface Opened {
  state: StateFile
  secrets: Secrets
}

/** Opens the sandbox in `directory`, with its first accounts: of several processes that start at once, one creates them. @throws SandboxError */
export const openSandbox = (directory: string): Opened => {
  const secrets = secretsFrom(masterKey(directory))
  const state = openState(directory)
  const isNew = state.read(allAccounts).length === 0
  if (isNew) state.write(store => createFirstAccounts(store, secrets, Date.now()))
  return { state, secrets }
}

/** For work on the state without serving it. */
export const withSandbox = async <T>(directory: string, work: (opened: Opened) => T): Promise<T> => {
  const opened = openSandbox(directory)
  try {
    return work(opened)
  } finally {
    await opened.state.close()
  }
}

export const accountsOf = ({ state, secrets }: Opened): SandboxAccount[] =>
  state.read(allAccounts).map(({ id, adminAccessKeyId }) => ({
    id,
    admin: { accessKeyId: adminAccessKeyId, secretAccessKey: secrets.secretAccessKey(adminAccessKeyId) },
  }))
