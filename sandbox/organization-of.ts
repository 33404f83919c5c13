import type { ContextValue, PolicySet } from '../policy/index.ts'
import { withSandbox } from './open.ts'
import { controlPoliciesOf, organizationKeys } from './organization.ts'

export interface Organization {
  policies: Pick<PolicySet, 'scps' | 'rcps'>
  /** Condition keys that it gives to a request. */
  context: Record<string, ContextValue>
}

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
  withSandbox(directory, ({ state }) =>
    state.read(store => ({
      policies: controlPoliciesOf(store, callerAccount, resourceAccount),
      context: organizationKeys(store, callerAccount, resourceAccount),
    })),
  )
