import type { AttachedPolicy, ContextValue, PolicySet } from '../policy/index.ts'
import { compilePolicy } from '../policy/index.ts'
import { accounts, type ControlPolicy } from './accounts.ts'
import { compiledPolicy } from './compiled-policies.ts'
import type { Secrets } from './operation.ts'
import { SandboxError } from './sandbox-error.ts'
import { onceFor, type Store } from './state/store.ts'

export const organizationId = 'o-accesslab01'
/** Not an account of the sandbox: a management account is bound by no control policy, and every one here may be. */
const managementAccount = '777788889999'

const fullAccessText = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}'

/** AWS's own policy, attached to every level until somebody takes it away. */
export const fullAccess: ControlPolicy = {
  name: 'FullAWSAccess',
  arn: 'arn:aws:organizations::aws:policy/service_control_policy/p-FullAWSAccess',
  text: fullAccessText,
}

/** @throws SandboxError when the document cannot be evaluated */
export const controlPolicy = (
  kind: 'service_control_policy' | 'resource_control_policy',
  name: string,
  text: string,
  secrets: Secrets,
): ControlPolicy => {
  try {
    compilePolicy(text)
  } catch (cause) {
    throw new SandboxError(
      `the control policy \`${name}\` cannot be evaluated: ${cause instanceof Error ? cause.message : String(cause)}`,
      'it must be a JSON document with Version and Statement',
      { cause, isUsage: true },
    )
  }
  const id = secrets.newId('').toLowerCase().slice(0, 8)
  return { name, arn: `arn:aws:organizations::${managementAccount}:policy/${organizationId}/${kind}/p-${id}`, text }
}

/** What binds a request: the SCPs of the caller's account and the RCPs of the resource's. */
export const controlPoliciesOf = (
  state: Store,
  callerAccount: string | null,
  resourceAccount: string,
): Pick<PolicySet, 'scps' | 'rcps'> => {
  const scps = callerAccount === null ? undefined : state.get(accounts, callerAccount)?.organization?.scps
  const rcps = state.get(accounts, resourceAccount)?.organization?.rcps
  return {
    scps: scps === undefined ? null : [scps.map(attached)],
    rcps: rcps === undefined ? null : [rcps.map(attached)],
  }
}

const attached = ({ name, arn, text }: ControlPolicy): AttachedPolicy => ({
  name,
  arn,
  policy: compiledPolicy(text, name),
})

/** Condition keys of principals and resources in the organization. */
const organizationKeys = (
  state: Store,
  callerAccount: string | null,
  resourceAccount: string,
): Record<string, ContextValue> => ({
  ...(callerAccount === null || state.get(accounts, callerAccount)?.organization === undefined
    ? {}
    : { 'aws:PrincipalOrgID': organizationId }),
  ...(state.get(accounts, resourceAccount)?.organization === undefined ? {} : { 'aws:ResourceOrgID': organizationId }),
})

/** What the organization of the accounts of a request adds to its check. */
export interface Organization {
  policies: Pick<PolicySet, 'scps' | 'rcps'>
  context: Record<string, ContextValue>
}

/** @param callerAccount null: the caller has no account (a service, anonymous) */
export const organizationFor = (state: Store, callerAccount: string | null, resourceAccount: string): Organization =>
  onceFor(state, `organization ${callerAccount} ${resourceAccount}`, () => ({
    policies: controlPoliciesOf(state, callerAccount, resourceAccount),
    context: organizationKeys(state, callerAccount, resourceAccount),
  }))
