import { type AccessRequest, decide, type PolicySet } from '../../policy/index.ts'
import { Unread } from '../../runner/engine/read-policies.ts'
import { usageError } from '../../runner/lab-error.ts'
import type { Aws } from '../../runner/steps/step-kind.ts'
import { hideAwsConfiguration } from '../aws-variables.ts'
import type { Options } from '../options.ts'
import { openSandbox } from '../sandbox-server/open-sandbox.ts'
import { findWorkplace } from '../workplace.ts'
import type { World } from '../world.ts'
import { inUsersWords } from './policy-fault.ts'

export interface Asked {
  principal: string
  action: string
  resource: string
}

/** The sandbox has no network, so no answer takes them into account. */
export const notRead = ['VPC endpoint policies'] as const

/**
 * The request with the policies that bear on it, read from the sandbox over its API by each account's administrator; those of its
 * organization, which no API tells, from its state. What --context gives stands before what the state gives.
 * @throws LabError (usage) when the principal is not in the sandbox; SandboxError
 */
export async function presentState(
  world: World,
  options: Options,
  asked: Asked,
): Promise<{ request: AccessRequest; policies: PolicySet }> {
  refuseUnreadable(asked)
  const { sandboxFolder } = findWorkplace(world, options.config)
  const region = options.region ?? (asked.resource.split(':')[3] || 'us-west-2')
  hideAwsConfiguration(world.env)
  const caller = accountIn(asked.principal)
  const { organizationOf } = await import('../../sandbox/index.ts')
  const organization = await organizationOf(sandboxFolder, caller, accountIn(asked.resource) ?? caller ?? '')
  const [{ openTarget }, { readQuestion }, sandbox] = await Promise.all([
    import('../../runner/aws/target.ts'),
    import('../../runner/engine/evaluate.ts'),
    openSandbox(sandboxFolder, region),
  ])
  try {
    refuseForeign(asked.principal, sandbox.accounts)
    refuseForeign(asked.resource, sandbox.accounts)
    const target = await openTarget({
      name: 'sandbox',
      region,
      endpoint: sandbox.endpoint,
      caller: sandbox.admin,
      identities: Object.fromEntries(sandbox.accounts.map(({ id, admin }) => [id, admin])),
      environment: {},
    })
    try {
      const reader = (account: string): Aws | null => target.identities.get(account) ?? null
      const actor = { arn: asked.principal }
      const question = { actor, action: asked.action, resource: asked.resource, session: null, region, without: [] }
      const { request, policies } = await readQuestion(reader, question)
      const context = { ...organization.context, ...request.context, ...options.context }
      return { request: { ...request, context }, policies: { ...policies, ...organization.policies } }
    } finally {
      target.close()
    }
  } catch (error) {
    if (error instanceof Unread)
      throw usageError(
        `the sandbox cannot tell: ${error.message}`,
        'the principal must be in the sandbox; a FILE gives its own policies',
      )
    throw error
  } finally {
    await sandbox.close()
  }
}

/** Asked before anything is opened: what no state can answer. */
function refuseUnreadable({ principal, action, resource }: Asked): void {
  const account = accountIn(principal)
  inUsersWords(() => decide({ principal, account, action, resource, resourceAccount: '' }, { identity: [] }))
  if (/:federated-user\//.test(principal))
    throw usageError(
      `\`${principal}\`: what a federated user may do depends on the policies passed when it was made`,
      'give the request and its policies as a file: lab simulate FILE',
    )
}

/** @throws LabError (usage) for an account that the sandbox does not have */
function refuseForeign(arn: string, accounts: readonly { id: string }[]): void {
  const account = accountIn(arn)
  if (account === null || accounts.some(({ id }) => id === account)) return
  throw usageError(
    `\`${arn}\`: the sandbox has no account \`${account}\``,
    `its accounts are ${accounts.map(({ id }) => id).join(', ')}`,
  )
}

const accountIn = (arn: string): string | null => /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(arn)?.[1] ?? null
