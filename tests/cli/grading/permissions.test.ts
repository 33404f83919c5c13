import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openTarget } from '../../../runner/index.ts'
import { openWorkshop } from '../../runner/engine/harness.ts'
import { lab, packageFolder } from '../world-for-tests.ts'

const labs = readdirSync(join(packageFolder, 'labs'))

test('the policy of --for verify is enough to verify every lab, and allows no change', async () => {
  const printed = await lab(['permissions', '--for', 'verify', '--json'], { cwd: packageFolder })
  const { policy } = JSON.parse(printed.stdout) as { policy: { Statement: { Action: string[] }[] } }
  const actions = policy.Statement.flatMap(({ Action }) => Action)
  expect(
    actions.filter(action => !/:(Get|List|Describe|BatchGet|BatchCheck|AssumeRole$|TagSession$)/.test(action)),
  ).toEqual([])
  const workshop = await openWorkshop()
  try {
    await workshop.run(labs)
    const trust = { Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'sts:AssumeRole' }
    const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: trust })
    await workshop.call('iam:CreateRole', { RoleName: 'grader', AssumeRolePolicyDocument })
    const PolicyDocument = JSON.stringify(policy)
    const put = await workshop.call('iam:PutRolePolicy', { RoleName: 'grader', PolicyName: 'verify', PolicyDocument })
    expect(put.outcome).toBe('allowed')
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
    const report = await workshop.verify(labs, { target: { ...grader, identities: target.identities } })
    grader.close()
    const short = report.labs.flatMap(each =>
      each.steps
        .filter(step => step.status === 'blocked' || step.status === 'failed')
        .map(step => `${each.id}/${step.id}: ${(step.hint ?? step.actual?.message)?.slice(0, 300)}`),
    )
    expect(short).toEqual([])
    expect(report.labs.filter(({ points, maxPoints }) => points !== maxPoints).map(({ id }) => id)).toEqual([])
  } finally {
    await workshop.close()
  }
}, 180_000)
