import type { Report } from '../../../assertions/index.ts'
import { openTarget } from '../../../runner/index.ts'
import type { Workshop } from '../../runner/engine/harness.ts'
import { lab } from '../world-for-tests.ts'

export interface GraderPolicy {
  Version: string
  Statement: { Effect: string; Action: string[]; Resource: string[] }[]
}

/** What `lab permissions --for verify` prints for labs of a folder. Default: all of them. */
export async function printedPolicy(
  cwd: string,
  labs: readonly string[] = [],
  ...more: string[]
): Promise<GraderPolicy> {
  const printed = await lab(['permissions', ...labs, '--for', 'verify', '--json', ...more], { cwd })
  return (JSON.parse(printed.stdout) as { policy: GraderPolicy }).policy
}

export const actionsOf = ({ Statement }: GraderPolicy): string[] => [
  ...new Set(Statement.flatMap(({ Action }) => Action)),
]

export const policyWithout = (policy: GraderPolicy, action: string): GraderPolicy => ({
  ...policy,
  Statement: policy.Statement.map(each => ({ ...each, Action: each.Action.filter(one => one !== action) })).filter(
    ({ Action }) => Action.length > 0,
  ),
})

/** Verifies labs through a role `grader` in their account, which has this policy and nothing else. */
export async function verifiedBy(workshop: Workshop, policy: GraderPolicy, labs: readonly string[]): Promise<Report> {
  const trust = { Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'sts:AssumeRole' }
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: trust })
  await workshop.call('iam:CreateRole', { RoleName: 'grader', AssumeRolePolicyDocument })
  const PolicyDocument = JSON.stringify(policy)
  const put = await workshop.call('iam:PutRolePolicy', { RoleName: 'grader', PolicyName: 'verify', PolicyDocument })
  if (put.outcome !== 'allowed') throw new Error(put.message)
  const RoleArn = 'arn:aws:iam::111122223333:role/grader'
  const made = await workshop.call('sts:AssumeRole', { RoleArn, RoleSessionName: 'grader' })
  if (made.outcome !== 'allowed') throw new Error(made.message)
  const { AccessKeyId, SecretAccessKey, SessionToken } = (made.output as { Credentials: Record<string, string> })
    .Credentials
  const { sandbox, target } = workshop
  const grader = await openTarget({
    ...{ name: 'sandbox', region: sandbox.region, endpoint: sandbox.endpoint, identities: {}, environment: {} },
    caller: { accessKeyId: AccessKeyId ?? '', secretAccessKey: SecretAccessKey ?? '', sessionToken: SessionToken },
  })
  try {
    return await workshop.verify([...labs], { target: { ...grader, identities: target.identities } })
  } finally {
    grader.close()
  }
}
