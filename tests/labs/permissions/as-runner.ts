import { join } from 'node:path'
import type { Report } from '../../../assertions/index.ts'
import { recordsFromNow } from '../../../cli/sandbox-records.ts'
import { openTarget, type RunOptions, type Target } from '../../../runner/index.ts'
import { lab } from '../../cli/world-for-tests.ts'
import type { Workshop } from '../../runner/engine/harness.ts'

export interface Policy {
  Version: string
  Statement: { Effect: string; Action: string[]; Resource: string[] }[]
}

export const actionsOf = ({ Statement }: Policy): string[] =>
  [...new Set(Statement.flatMap(({ Action }) => Action))].sort()

export const without = (policy: Policy, action: string): Policy => ({
  ...policy,
  Statement: policy.Statement.map(each => ({ ...each, Action: each.Action.filter(one => one !== action) })).filter(
    ({ Action }) => Action.length > 0,
  ),
})

/** What an inline policy of a role takes, with some room. */
const room = 9_000

let made = 0

/** Whoever the runner is on a real account: a role that may do what a policy says, and nothing else. The sandbox's partner is as ever. */
export async function asRunner(workshop: Workshop, policy: Policy): Promise<Target> {
  made += 1
  const RoleName = `runner-${made}`
  const need = async (operation: string, input: Record<string, unknown>) => {
    const outcome = await workshop.call(operation, input)
    if (outcome.outcome !== 'allowed') throw new Error(`${operation}: ${outcome.message}`)
    return outcome.output as Record<string, Record<string, string>>
  }
  const trust = { Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'sts:AssumeRole' }
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: trust })
  await need('iam:CreateRole', { RoleName, AssumeRolePolicyDocument })
  const PolicyDocument = JSON.stringify(policy)
  if (PolicyDocument.length > room)
    throw new Error(`${PolicyDocument.length} characters do not go into one inline policy`)
  await need('iam:PutRolePolicy', { RoleName, PolicyName: 'own', PolicyDocument })
  const RoleArn = `arn:aws:iam::111122223333:role/${RoleName}`
  const { Credentials = {} } = await need('sts:AssumeRole', { RoleArn, RoleSessionName: 'runner' })
  const { sandbox, target } = workshop
  const runner = await openTarget({
    ...{ name: 'sandbox', region: sandbox.region, endpoint: sandbox.endpoint, identities: {}, environment: {} },
    caller: {
      accessKeyId: Credentials.AccessKeyId ?? '',
      secretAccessKey: Credentials.SecretAccessKey ?? '',
      sessionToken: Credentials.SessionToken,
    },
  })
  return { ...runner, identities: target.identities, close: () => runner.close() }
}

/** Runs labs and takes them back as such a runner. */
export async function runAs(
  workshop: Workshop,
  policy: Policy,
  labs: string[],
  options: Partial<RunOptions> = {},
): Promise<Report> {
  const target = await asRunner(workshop, policy)
  try {
    const recordsOf = recordsFromNow(join(workshop.folder, 'sandbox'))
    return await workshop.run(labs, { target, teardown: true, recordsOf, ...options })
  } finally {
    target.close()
  }
}

/** What `lab permissions` prints for the catalogue of a folder. */
export async function printed(cwd: string, ...argv: string[]): Promise<Policy> {
  const { stdout, stderr, exitCode } = await lab(['permissions', ...argv, '--json'], { cwd })
  if (exitCode !== 0) throw new Error(stderr)
  return (JSON.parse(stdout) as { policy: Policy }).policy
}

export const together = (...policies: Policy[]): Policy => ({
  Version: '2012-10-17',
  Statement: policies.flatMap(({ Statement }) => Statement),
})
