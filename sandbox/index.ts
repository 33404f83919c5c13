import { allAccounts, createFirstAccounts } from './accounts.ts'
import type { Secrets } from './operation.ts'
import { openLog } from './request-log.ts'
import { serve } from './server.ts'
import { clearBlobs, openBlobs } from './state/blobs.ts'
import { openState, type StateFile } from './state/lmdb-store.ts'
import { masterKey } from './state/master-key.ts'
import { secretsFrom } from './state/secrets.ts'

export { SandboxError } from './sandbox-error.ts'

/** An account of the sandbox with the long-term credentials of its user `admin`. */
export interface SandboxAccount {
  /** 12 digits. */
  id: string
  admin: { accessKeyId: string; secretAccessKey: string }
}

export interface Sandbox {
  /** `http://127.0.0.1:PORT`. */
  endpoint: string
  port: number
  region: string
  /** The first is the one that labs run in. */
  accounts: SandboxAccount[]
  /** HTTP requests received since the start. */
  requests(): number
  close(): Promise<void>
}

export interface SandboxOptions {
  /** Where the state lives; created when missing. */
  directory: string
  /** Default `us-west-2`. */
  region?: string | undefined
  /** Default 0: a free one. */
  port?: number | undefined
}

/**
 * Starts serving the account in `directory`, which other processes may serve at the same time.
 * @throws SandboxError when the folder or the port cannot be used
 */
export const startSandbox = async ({ directory, region = 'us-west-2', port = 0 }: SandboxOptions): Promise<Sandbox> => {
  const { state, secrets } = open(directory)
  const log = openLog(directory)
  const core = { state, secrets, blobs: openBlobs(directory), log, now: Date.now }
  const server = await serve(core, port).catch(async error => {
    await state.close()
    throw error
  })
  return {
    endpoint: `http://127.0.0.1:${server.port}`,
    port: server.port,
    region,
    accounts: accountsOf(state, secrets),
    requests: server.requests,
    async close() {
      await server.close()
      await log.close()
      await state.close()
    },
  }
}

/** The accounts of a sandbox that another process may be serving. Creates what is missing. @throws SandboxError */
export const openAccounts = async (directory: string): Promise<SandboxAccount[]> => {
  const { state, secrets } = open(directory)
  try {
    return accountsOf(state, secrets)
  } finally {
    await state.close()
  }
}

/**
 * Empties the sandbox, in one transaction, down to its first accounts, whose admins keep their keys. Processes that serve it go on with
 * the empty one.
 * @throws SandboxError
 */
export const resetSandbox = async (directory: string): Promise<SandboxAccount[]> => {
  const { state, secrets } = open(directory)
  try {
    const previous = state.read(allAccounts)
    state.replace(store => createFirstAccounts(store, secrets, Date.now(), previous))
    clearBlobs(directory)
    return accountsOf(state, secrets)
  } finally {
    await state.close()
  }
}

const open = (directory: string): { state: StateFile; secrets: Secrets } => {
  const secrets = secretsFrom(masterKey(directory))
  const state = openState(directory)
  const isNew = state.read(allAccounts).length === 0
  if (isNew) state.write(store => createFirstAccounts(store, secrets, Date.now()))
  return { state, secrets }
}

const accountsOf = (state: StateFile, secrets: Secrets): SandboxAccount[] =>
  state.read(allAccounts).map(({ id, adminAccessKeyId }) => ({
    id,
    admin: { accessKeyId: adminAccessKeyId, secretAccessKey: secrets.secretAccessKey(adminAccessKeyId) },
  }))
