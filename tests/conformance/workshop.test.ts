import {
  CreateRepositoryCommand,
  ECRClient,
  GetRepositoryPolicyCommand,
  ListImagesCommand,
  SetRepositoryPolicyCommand,
} from '@aws-sdk/client-ecr'
import { AttachRolePolicyCommand, CreatePolicyCommand, CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newSandbox, type TestSandbox } from './sandbox-for-tests.ts'

let sandbox: TestSandbox
let tester: { accessKeyId: string; secretAccessKey: string; sessionToken: string }
beforeAll(async () => {
  sandbox = await newSandbox()
})
afterAll(() => sandbox.remove())

test('the steps of the identity-policies workshop', async () => {
  const ecr = new ECRClient(sandbox.config)
  const iam = new IAMClient(sandbox.config)
  for (const repositoryName of ['team-a/alpine', 'team-b/alpine'])
    await ecr.send(new CreateRepositoryCommand({ repositoryName }))
  const trust = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111122223333:root' }, Action: 'sts:AssumeRole' }],
  }
  const role = await iam.send(
    new CreateRoleCommand({ RoleName: 'ecr_access_teama_role', AssumeRolePolicyDocument: JSON.stringify(trust) }),
  )
  const allow = {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: 'ecr:ListImages',
        Resource: 'arn:aws:ecr:us-west-2:111122223333:repository/team-a/alpine',
      },
    ],
  }
  const policy = await iam.send(
    new CreatePolicyCommand({ PolicyName: 'ecr_access_testing', PolicyDocument: JSON.stringify(allow) }),
  )
  await iam.send(new AttachRolePolicyCommand({ RoleName: 'ecr_access_teama_role', PolicyArn: policy.Policy?.Arn }))
  const session = await new STSClient(sandbox.config).send(
    new AssumeRoleCommand({ RoleArn: role.Role?.Arn, RoleSessionName: 'ECR-Access-Testing' }),
  )
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = session.Credentials ?? {}
  tester = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken }
  const mine = { ...sandbox.config, credentials: tester }
  expect(await new STSClient(mine).send(new GetCallerIdentityCommand({}))).toMatchObject({
    Arn: 'arn:aws:sts::111122223333:assumed-role/ecr_access_teama_role/ECR-Access-Testing',
    UserId: `${role.Role?.RoleId}:ECR-Access-Testing`,
  })
  const asTester = new ECRClient(mine)
  expect((await asTester.send(new ListImagesCommand({ repositoryName: 'team-a/alpine' }))).imageIds).toEqual([])
  await expect(asTester.send(new ListImagesCommand({ repositoryName: 'team-b/alpine' }))).rejects.toMatchObject({
    name: 'AccessDeniedException',
    $metadata: { httpStatusCode: 400 },
    message:
      'User: arn:aws:sts::111122223333:assumed-role/ecr_access_teama_role/ECR-Access-Testing is not authorized to perform: ecr:ListImages on resource: arn:aws:ecr:us-west-2:111122223333:repository/team-b/alpine because no identity-based policy allows the ecr:ListImages action',
  })
})

test('the steps of the repository-policies workshop', async () => {
  const ecr = new ECRClient(sandbox.config)
  const asTester = new ECRClient({ ...sandbox.config, credentials: tester })
  const document = (Effect: string) =>
    JSON.stringify({
      Version: '2008-10-17',
      Statement: [
        {
          Sid: 'x',
          Effect,
          Principal: { AWS: 'arn:aws:iam::111122223333:role/ecr_access_teama_role' },
          Action: ['ecr:ListImages'],
        },
      ],
    })
  await ecr.send(new SetRepositoryPolicyCommand({ repositoryName: 'team-a/alpine', policyText: document('Deny') }))
  await ecr.send(new SetRepositoryPolicyCommand({ repositoryName: 'team-b/alpine', policyText: document('Allow') }))
  const read = await ecr.send(new GetRepositoryPolicyCommand({ repositoryName: 'team-b/alpine' }))
  expect(read.policyText).toContain('"AWS" : "arn:aws:iam::111122223333:role/ecr_access_teama_role"')
  expect((await asTester.send(new ListImagesCommand({ repositoryName: 'team-b/alpine' }))).imageIds).toEqual([])
  await expect(asTester.send(new ListImagesCommand({ repositoryName: 'team-a/alpine' }))).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: expect.stringMatching(
      /ecr:ListImages on resource: .*team-a\/alpine with an explicit deny in a resource-based policy$/,
    ),
  })
})
