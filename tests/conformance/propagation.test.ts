import {
  CreateRepositoryCommand,
  ECRClient,
  GetRepositoryPolicyCommand,
  ListImagesCommand,
  SetRepositoryPolicyCommand,
} from '@aws-sdk/client-ecr'
import { CreateRoleCommand, GetRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'
import { afterEach, expect, test } from 'vitest'
import type { SandboxOptions } from '../../sandbox/index.ts'
import { onSandboxOnly } from './on-aws.ts'
import { newSandbox, refusalOf, type TestSandbox } from './sandbox-for-tests.ts'

onSandboxOnly('AWS propagates as fast as it likes')

const hour = 3_600_000
let sandbox: TestSandbox
afterEach(() => sandbox.remove())

const start = async (options: Partial<SandboxOptions>) => {
  sandbox = await newSandbox(options)
  return { ecr: new ECRClient(sandbox.config), iam: new IAMClient(sandbox.config), sts: new STSClient(sandbox.config) }
}

const trust = (AWS: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS }, Action: 'sts:AssumeRole' }],
  })
const roleArn = 'arn:aws:iam::111122223333:role/new'
const createRole = new CreateRoleCommand({ RoleName: 'new', AssumeRolePolicyDocument: trust('111122223333') })
const assume = new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'tester' })

test('a role that has not propagated: IAM shows it, nobody else knows it', async () => {
  const { iam, sts, ecr } = await start({ propagation: { delay: hour } })
  await iam.send(createRole)
  expect((await iam.send(new GetRoleCommand({ RoleName: 'new' }))).Role?.Arn).toBe(roleArn)
  expect((await refusalOf(sts.send(assume)))[0]).toBe('AccessDenied')
  const naming = iam.send(new CreateRoleCommand({ RoleName: 'other', AssumeRolePolicyDocument: trust(roleArn) }))
  expect(await refusalOf(naming)).toEqual([
    'MalformedPolicyDocument',
    400,
    `Invalid principal in policy: "AWS":"${roleArn}"`,
  ])
  await ecr.send(new CreateRepositoryCommand({ repositoryName: 'team-a' }))
  const policyText = trust(roleArn).replace('sts:AssumeRole', 'ecr:ListImages')
  expect((await refusalOf(ecr.send(new SetRepositoryPolicyCommand({ repositoryName: 'team-a', policyText }))))[0]).toBe(
    'InvalidParameterException',
  )
})

test('a repository policy that has not propagated is read back, and not enforced', async () => {
  const { ecr } = await start({ propagation: { delay: 0, delays: { repository: hour } } })
  await ecr.send(new CreateRepositoryCommand({ repositoryName: 'team-a' }))
  const policyText = trust('111122223333').replace('sts:AssumeRole', 'ecr:ListImages').replace('Allow', 'Deny')
  await ecr.send(new SetRepositoryPolicyCommand({ repositoryName: 'team-a', policyText }))
  expect((await ecr.send(new GetRepositoryPolicyCommand({ repositoryName: 'team-a' }))).policyText).toContain('Deny')
  expect((await ecr.send(new ListImagesCommand({ repositoryName: 'team-a' }))).imageIds).toEqual([])
})

test('with flapping, one success can be followed by a denial', async () => {
  const { iam, sts } = await start({ propagation: { delay: hour, flap: true, seed: 3 } })
  await iam.send(createRole)
  const outcomes: string[] = []
  for (let n = 0; n < 30; n += 1) {
    outcomes.push(
      await sts.send(assume).then(
        () => 'allowed',
        error => error.Code,
      ),
    )
  }
  expect(new Set(outcomes)).toEqual(new Set(['allowed', 'AccessDenied']))
})
