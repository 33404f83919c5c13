import { tinyImage } from '../../runner/aws/image.ts'
import type { Target } from '../../runner/index.ts'

const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'sts:AssumeRole' }],
})
const document = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'ecr:ListImages', Resource: '*' }],
})

const must = async (target: Target, operation: string, input: Record<string, unknown>): Promise<unknown> => {
  const outcome = await target.caller.call(operation, input)
  if (outcome.outcome !== 'allowed') throw new Error(`${operation}: ${outcome.code}: ${outcome.message}`)
  return outcome.output
}

/** Things that another tool made before, with names like ours. */
export async function makeBystanders(target: Target): Promise<void> {
  await must(target, 'iam:CreateRole', { RoleName: 'ecr_access_teama_role_2', AssumeRolePolicyDocument: trust })
  await must(target, 'iam:CreatePolicy', { PolicyName: 'ecr_access_testing_2', PolicyDocument: document })
  await must(target, 'iam:AttachRolePolicy', {
    RoleName: 'ecr_access_teama_role_2',
    PolicyArn: 'arn:aws:iam::111122223333:policy/ecr_access_testing_2',
  })
  await must(target, 'iam:PutRolePolicy', {
    RoleName: 'ecr_access_teama_role_2',
    PolicyName: 'own',
    PolicyDocument: document,
  })
  await must(target, 'iam:CreateUser', {
    UserName: 'fcj-ecr-ci-cd-user-2',
    Tags: [{ Key: 'owner', Value: 'workshop' }],
  })
  await must(target, 'ecr:CreateRepository', { repositoryName: 'team-a/alpine-2' })
  await must(target, 'ecr:SetRepositoryPolicy', {
    repositoryName: 'team-a/alpine-2',
    policyText: JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: '*', Action: 'ecr:ListImages' }],
    }),
  })
  await push(target, 'team-a/alpine-2', 'v1')
}

/** The very image that `push-image` builds. */
async function push(target: Target, repositoryName: string, imageTag: string): Promise<void> {
  const { config, layers, manifest } = tinyImage(1, 1024)
  for (const { digest, bytes } of [config, ...layers]) {
    const { uploadId } = (await must(target, 'ecr:InitiateLayerUpload', { repositoryName })) as { uploadId: string }
    const part = { partFirstByte: 0, partLastByte: bytes.length - 1, layerPartBlob: bytes }
    await must(target, 'ecr:UploadLayerPart', { repositoryName, uploadId, ...part })
    await must(target, 'ecr:CompleteLayerUpload', { repositoryName, uploadId, layerDigests: [digest] })
  }
  await must(target, 'ecr:PutImage', { repositoryName, imageManifest: manifest, imageTag })
}

/** Everything in the account, as text: equal texts are equal accounts. */
export async function inventory(target: Target): Promise<string> {
  const details = await must(target, 'iam:GetAccountAuthorizationDetails', {
    Filter: ['User', 'Role', 'Group', 'LocalManagedPolicy'],
  })
  const { repositories } = (await must(target, 'ecr:DescribeRepositories', {})) as {
    repositories: { repositoryName: string }[]
  }
  const policies = await Promise.all(
    repositories.map(async ({ repositoryName }) => {
      const outcome = await target.caller.call('ecr:GetRepositoryPolicy', { repositoryName })
      return outcome.outcome === 'allowed' ? outcome.output : outcome.code
    }),
  )
  const images = await Promise.all(
    repositories.map(({ repositoryName }) => must(target, 'ecr:DescribeImages', { repositoryName })),
  )
  return JSON.stringify({ details, repositories, policies, images }, null, 1)
}
