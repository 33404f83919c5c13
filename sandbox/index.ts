import { allAccounts, createFirstAccounts, isCurrentFormat } from './accounts.ts'
import { type PropagationOptions, propagationOf } from './consistency/propagation.ts'
import type { FaultOptions } from './faults/fault-rule.ts'
import { faultsOf } from './faults/faults.ts'
import { accountsOf, openSandbox, type SandboxAccount, withAnySandbox, withSandbox } from './open.ts'
import type { TestAuthorization } from './operation.ts'
import { openLog } from './request-log.ts'
import { serve } from './server.ts'
import { clearBlobs, openBlobs } from './state/blobs.ts'
import { usageIn } from './usage.ts'

export { addAccount, type ControlDocument, type NewAccount } from './add-account.ts'
export type { ChangeKind } from './consistency/change-kinds.ts'
export type { PropagationOptions } from './consistency/propagation.ts'
export type { FaultKind, FaultOptions, FaultRule } from './faults/fault-rule.ts'
export { type ListedAccount, listAccounts } from './list-accounts.ts'
export type { SandboxAccount } from './open.ts'
export type { Organization } from './organization.ts'
export { organizationOf } from './organization-of.ts'
export { type ImageToPush, type Inhabitant, populate } from './populate.ts'
export { type LoggedRequest, logPath } from './request-log.ts'
export { SandboxError } from './sandbox-error.ts'

export interface Sandbox {
  /** `http://127.0.0.1:PORT`. */
  endpoint: string
  port: number
  region: string
  /** Those there were at the start; the first is the one that labs run in. */
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
  /** Default: changes are enforced at once. */
  propagation?: PropagationOptions | undefined
  /** Default: none. */
  faults?: FaultOptions | undefined
  /** false: for an account that is thrown away: nothing waits for the disk. Default true. */
  durable?: boolean | undefined
  /** For tests only. Default: the policies decide. */
  authorization?: TestAuthorization | undefined
}

/**
 * Starts serving the account in `directory`, which other processes may serve at the same time.
 * @throws SandboxError when the folder or the port cannot be used
 */
export const startSandbox = async ({
  directory,
  region = 'us-west-2',
  port = 0,
  propagation,
  faults,
  authorization,
  durable = true,
}: SandboxOptions): Promise<Sandbox> => {
  const opened = openSandbox(directory, durable)
  const { state, secrets } = opened
  const log = openLog(directory)
  const usage = usageIn(state)
  const core = {
    state,
    secrets,
    blobs: openBlobs(directory),
    log,
    usage,
    region,
    propagation: propagation && propagationOf(propagation),
    faults: faults && faultsOf(faults),
    authorization,
    now: Date.now,
  }
  const release = async (): Promise<void> => {
    usage.flush()
    log.close()
    await state.close()
  }
  const server = await serve(core, port).catch(async error => {
    await release()
    throw error
  })
  return {
    endpoint: `http://127.0.0.1:${server.port}`,
    port: server.port,
    region,
    accounts: accountsOf(opened),
    requests: server.requests,
    async close() {
      await server.close()
      await release()
    },
  }
}

/** The accounts of a sandbox that another process may be serving. Creates what is missing. @throws SandboxError */
export const openAccounts = (directory: string): Promise<SandboxAccount[]> => withSandbox(directory, accountsOf)

/**
 * Empties the sandbox, in one transaction, down to its first accounts, whose admins keep their keys. Processes that serve it go on with
 * the empty one.
 * @throws SandboxError
 */
export const resetSandbox = (directory: string): Promise<SandboxAccount[]> =>
  withAnySandbox(directory, opened => {
    const { state, secrets } = opened
    const previous = state.read(store => (isCurrentFormat(store) ? allAccounts(store) : []))
    state.replace(store => createFirstAccounts(store, secrets, Date.now(), previous))
    clearBlobs(directory)
    return accountsOf(opened)
  })
