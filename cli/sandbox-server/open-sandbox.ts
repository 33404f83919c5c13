import type { SandboxAccount } from '../../sandbox/index.ts'
import { runningServer } from './server-file.ts'

/** Keys of an account's `user/admin`. */
export type AdminKeys = SandboxAccount['admin']

export interface OpenSandbox {
  endpoint: string
  /** Of the account that labs run in. */
  admin: AdminKeys
  /** Of the partner account. */
  partner: AdminKeys
  accounts: readonly SandboxAccount[]
  /** true: another process serves it, and goes on. */
  shared: boolean
  /** true: changes take time to count. */
  eventual: boolean
  close(): Promise<void>
}

/** The sandbox that `lab sandbox start` serves, else one of this process until it is closed. @throws SandboxError */
export async function openSandbox(sandboxFolder: string, region: string): Promise<OpenSandbox> {
  const [{ openAccounts, startSandbox }, running] = await Promise.all([
    import('../../sandbox/index.ts'),
    runningServer(sandboxFolder),
  ])
  if (running) {
    const accounts = await openAccounts(sandboxFolder)
    const { endpoint, eventual = false } = running
    return { endpoint, ...keysOf(accounts), shared: true, eventual, close: async () => {} }
  }
  const sandbox = await startSandbox({ directory: sandboxFolder, region })
  const { endpoint } = sandbox
  return { endpoint, ...keysOf(sandbox.accounts), shared: false, eventual: false, close: () => sandbox.close() }
}

/** The sandbox makes both accounts before it answers. */
export function keysOf(accounts: readonly SandboxAccount[]): {
  admin: AdminKeys
  partner: AdminKeys
  accounts: readonly SandboxAccount[]
} {
  const [own, partner] = accounts
  if (!own || !partner) throw new TypeError(`the sandbox has ${accounts.length} accounts, 2 were expected`)
  return { admin: own.admin, partner: partner.admin, accounts }
}
