import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { cleanUp, type Made } from './errors/cleanup.ts'
import { sendersOf } from './errors/senders.ts'
import { document, trustOf } from './errors/world.ts'
import { onSandboxOnly } from './on-aws.ts'
import { newSandbox, refusalOf, type TestSandbox } from './sandbox-for-tests.ts'
import { awsTarget, conformanceTarget } from './target.ts'

onSandboxOnly('it tries the guard itself')

/** Stands in for AWS: the SDK is led to it as to any other endpoint. */
let sandbox: TestSandbox
beforeEach(async () => {
  sandbox = await newSandbox()
  const { accessKeyId, secretAccessKey } = sandbox.config.credentials
  vi.stubEnv('AWS_ENDPOINT_URL', sandbox.endpoint)
  vi.stubEnv('AWS_ACCESS_KEY_ID', accessKeyId)
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', secretAccessKey)
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await sandbox.remove()
})

const region = { AWS_REGION: 'us-west-2' }

const named = { ...region, AWS_PROFILE: 'conformance' }

test.each([
  [{}, 'set AWS_REGION for CONFORMANCE_TARGET=aws'],
  [region, 'the default profile is not taken unasked'],
  [named, 'LAB_AWS_ACCOUNTS names no account: nothing is sent'],
  [{ ...named, LAB_AWS_ACCOUNTS: '222233334444' }, 'the account `111122223333` is not in LAB_AWS_ACCOUNTS'],
])('the guard: with %j AWS is not touched', async (env, text) => {
  await expect(awsTarget(env)).rejects.toThrow(text)
  expect(sandbox.requests()).toBeLessThan(2)
})

test('an account on the list is a target', async () => {
  const target = await awsTarget({ ...named, LAB_AWS_ACCOUNTS: '222233334444,111122223333' })
  expect(target).toMatchObject({ accountId: '111122223333', region: 'us-west-2', sandbox: null, partner: null })
})

test('every file of the suite asks the target, or says why only the sandbox can be asked', () => {
  const files = readdirSync(import.meta.dirname).filter(name => name.endsWith('.test.ts'))
  const silent = files.filter(
    name => !/conformanceTarget\(|onSandboxOnly\(/.test(readFileSync(join(import.meta.dirname, name), 'utf8')),
  )
  expect(silent).toEqual([])
})

test('an unknown target is refused', () => {
  expect(() => conformanceTarget({ CONFORMANCE_TARGET: 'staging' })).toThrow('`staging`, not sandbox or aws')
})

test('whatever the suite made on AWS is taken back, with all that hangs on it', async () => {
  const made: Made[] = []
  const by = sendersOf(sandbox.config, (service, operation, input, output) =>
    made.push({ service, operation, input, output }),
  )
  const PolicyDocument = document({ Effect: 'Allow', Action: 'ecr:ListImages', Resource: '*' })
  const named = { RoleName: 'r', UserName: 'u', GroupName: 'g', InstanceProfileName: 'p', PolicyName: 'own' }
  const { Policy } = await by.iam('CreatePolicy', { PolicyName: 'p', PolicyDocument })
  const PolicyArn = Policy.Arn
  await by.iam('CreatePolicyVersion', { PolicyArn, PolicyDocument })
  await by.iam('CreateRole', { RoleName: 'r', AssumeRolePolicyDocument: trustOf('111122223333') })
  await by.iam('CreateUser', named)
  await by.iam('CreateGroup', named)
  await by.iam('CreateInstanceProfile', named)
  for (const [operation, more] of [
    ['AttachRolePolicy', { PolicyArn }],
    ['AttachUserPolicy', { PolicyArn }],
    ['PutRolePolicy', { PolicyDocument }],
    ['PutUserPolicy', { PolicyDocument }],
    ['PutGroupPolicy', { PolicyDocument }],
    ['AddUserToGroup', {}],
    ['AddRoleToInstanceProfile', {}],
    ['CreateAccessKey', {}],
    ['CreateLoginProfile', { Password: 'Correct-Horse-9' }],
    ['CreateServiceSpecificCredential', { ServiceName: 'codecommit.amazonaws.com' }],
  ] as const)
    await by.iam(operation, { ...named, ...more })
  await by.ecr('CreateRepository', { repositoryName: 'team-a' })
  await cleanUp(by, made)
  const left = await by.iam('GetAccountAuthorizationDetails', {
    Filter: ['Role', 'User', 'Group', 'LocalManagedPolicy'],
  })
  expect(left.RoleDetailList).toEqual([])
  expect(left.UserDetailList).toHaveLength(1)
  expect(left.GroupDetailList).toEqual([])
  expect(left.Policies).toEqual([])
  expect((await by.ecr('DescribeRepositories')).repositories).toEqual([])
  expect(await refusalOf(by.iam('GetInstanceProfile', { InstanceProfileName: 'p' }))).toContain('NoSuchEntity')
})
