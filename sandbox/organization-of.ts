import { withSandbox } from './open.ts'
import { type Organization, organizationFor } from './organization.ts'

/**
 * What the organization of the accounts of a request adds to it. No API of the sandbox tells it, as none of an account on AWS does.
 * @param callerAccount null: the caller has no account (a service, anonymous)
 * @throws SandboxError
 */
export const organizationOf = (
  directory: string,
  callerAccount: string | null,
  resourceAccount: string,
): Promise<Organization> =>
  withSandbox(directory, ({ state }) => state.read(store => organizationFor(store, callerAccount, resourceAccount)))
