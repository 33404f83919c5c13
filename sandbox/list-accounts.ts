import { allAccounts } from './accounts.ts'
import { withSandbox } from './open.ts'

export interface ListedAccount {
  id: string
  /** Names of the control policies that bind it; null: it is in no organization. */
  organization: { scps: string[]; rcps: string[] } | null
}

/** The accounts in the order in which they were made; the first is the one that labs run in. @throws SandboxError */
export const listAccounts = (directory: string): Promise<ListedAccount[]> =>
  withSandbox(directory, ({ state }) =>
    state.read(allAccounts).map(({ id, organization }) => ({
      id,
      organization:
        organization === undefined
          ? null
          : { scps: organization.scps.map(({ name }) => name), rcps: organization.rcps.map(({ name }) => name) },
    })),
  )
