import {
  CreateRepositoryCommand,
  DescribeRepositoriesCommand,
  ECRClient,
  GetAuthorizationTokenCommand,
  GetRepositoryPolicyCommand,
  ListImagesCommand,
  PutRegistryPolicyCommand,
  SetRepositoryPolicyCommand,
  TagResourceCommand,
} from '@aws-sdk/client-ecr'
import { CreateRoleCommand, DeleteRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { credentialsOf, newSandbox, refusalOf, type TestSandbox } from '../../conformance/sandbox-for-tests.ts'
import { accountId, partnerId } from '../memory-account.ts'

let sandbox: TestSandbox
let owner: ECRClient
let partner: ECRClient
let iam: IAMClient
const root = (account: string) => `arn:aws:iam::${account}:root`
const roleArn = `arn:aws:iam::${accountId}:role/reader`
const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: root(accountId) }, Action: 'sts:AssumeRole' }],
})

beforeAll(async () => {
  sandbox = await newSandbox()
  const [, other] = sandbox.accounts
  if (other === undefined) throw new Error('a sandbox has two accounts')
  owner = new ECRClient(sandbox.config)
  partner = new ECRClient({ ...sandbox.config, credentials: other.admin })
  iam = new IAMClient(sandbox.config)
})
afterAll(() => sandbox.remove())

const create = (repositoryName: string) => owner.send(new CreateRepositoryCommand({ repositoryName }))

const setPolicy = (repositoryName: string, Effect: string, Principal: unknown, more: object = {}) =>
  owner.send(
    new SetRepositoryPolicyCommand({
      repositoryName,
      policyText: JSON.stringify({
        Version: '2008-10-17',
        Statement: [{ Effect, Principal, Action: 'ecr:ListImages', ...more }],
      }),
    }),
  )

const list = (client: ECRClient, repositoryName: string) =>
  client.send(new ListImagesCommand({ registryId: accountId, repositoryName }))

const readerSession = async () => {
  const session = await new STSClient(sandbox.config).send(
    new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'reading' }),
  )
  return new ECRClient({ ...sandbox.config, credentials: credentialsOf(session) })
}

const refusedByResource = (caller: string, action: string, resource: string) => [
  'AccessDeniedException',
  400,
  `User: ${caller} is not authorized to perform: ecr:${action} on resource: arn:aws:ecr:us-west-2:${accountId}:repository/${resource} because no resource-based policy allows the ecr:${action} action`,
]
const partnerAdmin = `arn:aws:iam::${partnerId}:user/admin`

test('another account needs the repository policy', async () => {
  await create('shared')
  expect(await refusalOf(list(partner, 'shared'))).toEqual(refusedByResource(partnerAdmin, 'ListImages', 'shared'))
  expect(await refusalOf(list(partner, 'missing'))).toEqual(refusedByResource(partnerAdmin, 'ListImages', 'missing'))
  await setPolicy('shared', 'Allow', { AWS: root(partnerId) })
  expect((await list(partner, 'shared')).imageIds).toEqual([])
})

test('all repositories of another account cannot be described', async () => {
  const all = partner.send(new DescribeRepositoriesCommand({ registryId: accountId }))
  expect(await refusalOf(all)).toEqual(refusedByResource(partnerAdmin, 'DescribeRepositories', '*'))
})

test('a registry policy stands in for a repository policy', async () => {
  await create('by-registry')
  const Resource = `arn:aws:ecr:us-west-2:${accountId}:repository/by-*`
  const statement = { Effect: 'Allow', Principal: { AWS: root(partnerId) }, Action: 'ecr:ListImages', Resource }
  const policyText = JSON.stringify({ Version: '2012-10-17', Statement: [statement] })
  await owner.send(new PutRegistryPolicyCommand({ policyText }))
  expect((await list(partner, 'by-registry')).imageIds).toEqual([])
})

test('a role that a policy names is that very role: one made anew under its name has no access', async () => {
  await create('named')
  const { RoleId } = await made()
  await setPolicy('named', 'Allow', { AWS: roleArn })
  expect((await list(await readerSession(), 'named')).imageIds).toEqual([])
  await iam.send(new DeleteRoleCommand({ RoleName: 'reader' }))
  await made()
  const { policyText } = await owner.send(new GetRepositoryPolicyCommand({ repositoryName: 'named' }))
  expect(policyText).toContain(`"AWS" : "${RoleId}"`)
  const [, , message] = await refusalOf(list(await readerSession(), 'named'))
  expect(message).toMatch(/because no identity-based policy allows the ecr:ListImages action$/)
  await setPolicy('named', 'Allow', { AWS: roleArn })
  expect((await list(await readerSession(), 'named')).imageIds).toEqual([])
})

const made = async () => {
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName: 'reader', AssumeRolePolicyDocument: trust }))
  return { RoleId: Role?.RoleId }
}

test('an explicit deny in the repository policy wins over AdministratorAccess', async () => {
  await create('denied')
  await setPolicy('denied', 'Deny', '*')
  const [code, , message] = await refusalOf(list(owner, 'denied'))
  expect([code, message]).toEqual([
    'AccessDeniedException',
    `User: arn:aws:iam::${accountId}:user/admin is not authorized to perform: ecr:ListImages on resource: arn:aws:ecr:us-west-2:${accountId}:repository/denied with an explicit deny in a resource-based policy`,
  ])
})

test('tags of the repository are condition keys', async () => {
  const { repository } = await create('tagged')
  const StringEquals = { 'aws:ResourceTag/team': 'a' }
  const Statement = [{ Effect: 'Allow', Action: 'ecr:ListImages', Resource: '*', Condition: { StringEquals } }]
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement })
  await iam.send(new PutRolePolicyCommand({ RoleName: 'reader', PolicyName: 'tagged', PolicyDocument }))
  const reader = await readerSession()
  expect((await refusalOf(list(reader, 'tagged')))[0]).toBe('AccessDeniedException')
  const tags = [{ Key: 'team', Value: 'a' }]
  await owner.send(new TagResourceCommand({ resourceArn: repository?.repositoryArn, tags }))
  expect((await list(reader, 'tagged')).imageIds).toEqual([])
})

test('tags on create need ecr:TagResource, which is then named', async () => {
  const Statement = [{ Effect: 'Allow', Action: 'ecr:CreateRepository', Resource: '*' }]
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement })
  await iam.send(new PutRolePolicyCommand({ RoleName: 'reader', PolicyName: 'create', PolicyDocument }))
  const reader = await readerSession()
  const input = { repositoryName: 'new', tags: [{ Key: 'k', Value: 'v' }] }
  const [, , message] = await refusalOf(reader.send(new CreateRepositoryCommand(input)))
  expect(message).toMatch(/not authorized to perform: ecr:TagResource on resource: \S+:repository\/new because/)
  const names = owner.send(new DescribeRepositoriesCommand({ repositoryNames: ['new'] }))
  expect((await refusalOf(names))[0]).toBe('RepositoryNotFoundException')
})

test('no resource-based policy grants an authorization token', async () => {
  const [, , message] = await refusalOf((await readerSession()).send(new GetAuthorizationTokenCommand({})))
  expect(message).toMatch(
    /ecr:GetAuthorizationToken on resource: \* because no identity-based policy allows the ecr:GetAuthorizationToken action$/,
  )
})
