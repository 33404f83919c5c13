import {
  CreateRepositoryCommand,
  DescribeRepositoriesCommand,
  ECRClient,
  GetRepositoryPolicyCommand,
  ListImagesCommand,
  SetRepositoryPolicyCommand,
} from '@aws-sdk/client-ecr'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addAccount, type SandboxAccount } from '../../sandbox/index.ts'
import { onSandboxOnly } from './on-aws.ts'
import { newSandbox, refusalOf, type TestSandbox } from './sandbox-for-tests.ts'

onSandboxOnly('it takes an organization, and accounts in it')

let sandbox: TestSandbox
let member: SandboxAccount
const document = (...Statement: unknown[]): string => JSON.stringify({ Version: '2012-10-17', Statement })

beforeAll(async () => {
  sandbox = await newSandbox()
  member = await addAccount(sandbox.directory, {
    id: '222233334444',
    scps: [{ name: 'no-list.json', text: document({ Effect: 'Deny', Action: 'ecr:ListImages', Resource: '*' }) }],
    rcps: [
      {
        name: 'no-outsiders.json',
        text: document({
          Effect: 'Deny',
          Principal: '*',
          Action: 'ecr:*',
          Resource: '*',
          Condition: { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-accesslab01' } },
        }),
      },
    ],
  })
  await new ECRClient(configOf(member)).send(new CreateRepositoryCommand({ repositoryName: 'team-a' }))
})
afterAll(() => sandbox.remove())

const configOf = (account: SandboxAccount) => ({ ...sandbox.config, credentials: { ...account.admin } })
const arn = 'arn:aws:ecr:us-west-2:222233334444:repository/team-a'
const admin = 'arn:aws:iam::222233334444:user/admin'

test('a new account works at once under the running server', async () => {
  expect((await new STSClient(configOf(member)).send(new GetCallerIdentityCommand({}))).Arn).toBe(admin)
  const { repositories } = await new ECRClient(configOf(member)).send(new DescribeRepositoriesCommand({}))
  expect(repositories?.map(({ repositoryArn }) => repositoryArn)).toEqual([arn])
})

test('an SCP denies its account’s administrator, and the sentence ends with its ARN', async () => {
  const [code, status, message] = await refusalOf(
    new ECRClient(configOf(member)).send(new ListImagesCommand({ repositoryName: 'team-a' })),
  )
  expect([code, status]).toEqual(['AccessDeniedException', 400])
  expect(message).toMatch(
    new RegExp(
      `^User: ${admin} is not authorized to perform: ecr:ListImages on resource: ${arn} with an explicit deny in a service control policy: arn:aws:organizations::777788889999:policy/o-accesslab01/service_control_policy/p-[a-z0-9]{8}$`,
    ),
  )
})

test('an RCP denies a principal from outside, whom the repository policy allows', async () => {
  const policyText = document({
    Sid: 'x',
    Effect: 'Allow',
    Principal: { AWS: '111122223333' },
    Action: 'ecr:GetRepositoryPolicy',
  })
  await new ECRClient(configOf(member)).send(new SetRepositoryPolicyCommand({ repositoryName: 'team-a', policyText }))
  const call = new GetRepositoryPolicyCommand({ registryId: '222233334444', repositoryName: 'team-a' })
  const [code, , message] = await refusalOf(new ECRClient(sandbox.config).send(call))
  expect(code).toBe('AccessDeniedException')
  expect(message).toContain('with an explicit deny in a resource control policy')
})

test('without FullAWSAccess an SCP allows only what it allows', async () => {
  const narrow = await addAccount(sandbox.directory, {
    scps: [{ name: 'only-describe.json', text: document({ Effect: 'Allow', Action: 'ecr:Describe*', Resource: '*' }) }],
    fullAccess: false,
  })
  const ecr = new ECRClient(configOf(narrow))
  expect((await ecr.send(new DescribeRepositoriesCommand({}))).repositories).toEqual([])
  const [, , message] = await refusalOf(ecr.send(new CreateRepositoryCommand({ repositoryName: 'team-a' })))
  expect(message).toContain('because no service control policy allows the ecr:CreateRepository action')
})

test.each([
  [{ id: '12' }, /is no account id/],
  [{ scps: [{ name: 'x.json', text: '{' }] }, /the control policy `x.json` cannot be evaluated/],
])('%j is refused', async (wanted, message) => {
  await expect(addAccount(sandbox.directory, wanted)).rejects.toThrow(message)
})
