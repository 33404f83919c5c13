import { CreateRepositoryCommand, DescribeRepositoriesCommand, ECRClient } from '@aws-sdk/client-ecr'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { afterEach, expect, test } from 'vitest'
import type { FaultRule } from '../../sandbox/index.ts'
import { onSandboxOnly } from './on-aws.ts'
import { newSandbox, refusalOf, type TestSandbox } from './sandbox-for-tests.ts'

onSandboxOnly('AWS fails when it likes')

let sandbox: TestSandbox
afterEach(() => sandbox.remove())

const start = async (...rules: FaultRule[]) => {
  sandbox = await newSandbox({ faults: { rules } })
  return { ecr: new ECRClient(sandbox.config), sts: new STSClient(sandbox.config) }
}

test.each<[FaultRule['kind'], [string, number]]>([
  ['throttle', ['Throttling', 400]],
  ['server-error', ['InternalFailure', 500]],
  ['unavailable', ['ServiceUnavailable', 503]],
])('%s once, then all is well', async (kind, expected) => {
  const { sts } = await start({ kind, times: 1 })
  expect((await refusalOf(sts.send(new GetCallerIdentityCommand({})))).slice(0, 2)).toEqual(expected)
  expect((await sts.send(new GetCallerIdentityCommand({}))).Account).toBe('111122223333')
})

test('the SDK’s own retries get over them', async () => {
  await start({ kind: 'throttle', times: 1 }, { kind: 'reset', times: 1 })
  const sts = new STSClient({ ...sandbox.config, maxAttempts: 4 })
  expect((await sts.send(new GetCallerIdentityCommand({}))).Account).toBe('111122223333')
})

test.each(['reset', 'truncate'] as const)('%s: no answer is taken for one', async kind => {
  const { sts } = await start({ kind, times: 1 })
  await expect(sts.send(new GetCallerIdentityCommand({}))).rejects.toThrow()
})

test('lost after it took effect: the repository is there', async () => {
  const { ecr } = await start({ kind: 'reset', when: 'after', operation: 'ecr:CreateRepository' })
  await expect(ecr.send(new CreateRepositoryCommand({ repositoryName: 'team-a' }))).rejects.toThrow()
  expect((await ecr.send(new DescribeRepositoriesCommand({}))).repositories).toHaveLength(1)
})

test('lost before: it is not', async () => {
  const { ecr } = await start({ kind: 'reset', operation: 'ecr:CreateRepository' })
  await expect(ecr.send(new CreateRepositoryCommand({ repositoryName: 'team-a' }))).rejects.toThrow()
  expect((await ecr.send(new DescribeRepositoriesCommand({}))).repositories).toHaveLength(0)
})
