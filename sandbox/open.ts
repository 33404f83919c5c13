import { allAccounts, createFirstAccounts, isCurrentFormat } from './accounts.ts'
import type { Secrets } from './operation.ts'
import { SandboxError } from './sandbox-error.ts'
import { openState, type StateFile } from './state/lmdb-store.ts'
import { masterKey } from './state/master-key.ts'
import { secretsFrom } from './state/secrets.ts'

interface LongTermCredentials {
  accessKeyId: string
  secretAccessKey: string
}

/** An account of the sandbox with the long-term credentials of its user `admin` and of its root user. */
export interface SandboxAccount {
  /** 12 digits. */
  id: string
  admin: LongTermCredentials
  root: LongTermCredentials
}

export interface Opened {
  state: StateFile
  secrets: Secrets
}

/**
 * Opens the sandbox in `directory`, with its first accounts: of several processes that start at once, one creates them.
 * @throws SandboxError
 */
export const openSandbox = (directory: string, durable = true): Opened => {
  const opened = openUnchecked(directory, durable)
  const { state, secrets } = opened
  const isNew = state.read(allAccounts).length === 0
  if (isNew) state.write(store => createFirstAccounts(store, secrets, Date.now()))
  if (state.read(isCurrentFormat)) return opened
  void state.close()
  throw new SandboxError(
    `the sandbox's state in \`${directory}\` was made by another version of this tool`,
    'run `lab sandbox reset` to start with an empty account',
  )
}

/** Of whatever version it is. */
const openUnchecked = (directory: string, durable = true): Opened => ({
  secrets: secretsFrom(masterKey(directory)),
  state: openState(directory, durable),
})

/** For work on the state without serving it. */
export const withSandbox = async <T>(directory: string, work: (opened: Opened) => T): Promise<T> =>
  using(openSandbox(directory), work)

/** For a reset, which no old state may stand in the way of. */
export const withAnySandbox = async <T>(directory: string, work: (opened: Opened) => T): Promise<T> =>
  using(openUnchecked(directory), work)

const using = async <T>(opened: Opened, work: (opened: Opened) => T): Promise<T> => {
  try {
    return work(opened)
  } finally {
    await opened.state.close()
  }
}

export const accountsOf = ({ state, secrets }: Opened): SandboxAccount[] => {
  const credentials = (accessKeyId: string) => ({ accessKeyId, secretAccessKey: secrets.secretAccessKey(accessKeyId) })
  return state.read(allAccounts).map(({ id, adminAccessKeyId, rootAccessKeyId }) => ({
    id,
    admin: credentials(adminAccessKeyId),
    root: credentials(rootAccessKeyId),
  }))
}
