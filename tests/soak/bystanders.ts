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

const partner = '444455556666'

const must = async (aws: Target['caller'], operation: string, input: Record<string, unknown>): Promise<unknown> => {
  const outcome = await aws.call(operation, input)
  if (outcome.outcome !== 'allowed') throw new Error(`${operation}: ${outcome.code}: ${outcome.message}`)
  return outcome.output
}

/** Things that another tool made before, with names like ours: also with the very names of ours, in the account where ours are not. */
export async function makeBystanders({ caller, identities }: Target): Promise<void> {
  const inPartner = identities.get('partner')
  if (!inPartner) throw new Error('the sandbox has a partner')
  await makeRole(caller, '111122223333', 'ecr_access_teama_role_2', 'ecr_access_testing_2')
  await makeRole(caller, '111122223333', 'ecr_cross_puller', 'every-kind-policy-2')
  await makeRole(inPartner, partner, 'ecr_access_teama_role', 'ecr_access_testing')
  await makeRole(inPartner, partner, 'ecr_cross_puller_2', 'ecr-boundary')
  await makeUser(caller, 'fcj-ecr-ci-cd-user-2')
  await makeUser(inPartner, 'fcj-ecr-ci-cd-user')
  await makeRepository(caller, 'team-a/alpine-2')
  await makeRepository(inPartner, 'team-a/alpine')
}

async function makeRole(aws: Target['caller'], account: string, RoleName: string, PolicyName: string): Promise<void> {
  const InstanceProfileName = `${RoleName}_profile`
  await must(aws, 'iam:CreateRole', { RoleName, AssumeRolePolicyDocument: trust })
  await must(aws, 'iam:CreatePolicy', { PolicyName, PolicyDocument: document })
  const PolicyArn = `arn:aws:iam::${account}:policy/${PolicyName}`
  await must(aws, 'iam:CreatePolicyVersion', { PolicyArn, PolicyDocument: document, SetAsDefault: true })
  await must(aws, 'iam:AttachRolePolicy', { RoleName, PolicyArn })
  await must(aws, 'iam:PutRolePolicy', { RoleName, PolicyName: 'own', PolicyDocument: document })
  await must(aws, 'iam:CreateInstanceProfile', { InstanceProfileName })
  await must(aws, 'iam:AddRoleToInstanceProfile', { InstanceProfileName, RoleName })
}

async function makeUser(aws: Target['caller'], UserName: string): Promise<void> {
  await must(aws, 'iam:CreateUser', { UserName, Tags: [{ Key: 'owner', Value: 'workshop' }] })
  await must(aws, 'iam:PutUserPolicy', { UserName, PolicyName: 'own', PolicyDocument: document })
  await must(aws, 'iam:CreateAccessKey', { UserName })
  await must(aws, 'iam:CreateGroup', { GroupName: `${UserName}-s` })
  await must(aws, 'iam:AddUserToGroup', { GroupName: `${UserName}-s`, UserName })
}

async function makeRepository(aws: Target['caller'], repositoryName: string): Promise<void> {
  await must(aws, 'ecr:CreateRepository', { repositoryName })
  const Statement = [{ Effect: 'Allow', Principal: '*', Action: 'ecr:ListImages' }]
  const policyText = JSON.stringify({ Version: '2012-10-17', Statement })
  await must(aws, 'ecr:SetRepositoryPolicy', { repositoryName, policyText })
  await push(aws, repositoryName, 'v1')
}

/** The very image that `push-image` builds. */
async function push(aws: Target['caller'], repositoryName: string, imageTag: string): Promise<void> {
  const { config, layers, manifest } = tinyImage(1, 1024)
  for (const { digest, bytes } of [config, ...layers]) {
    const { uploadId } = (await must(aws, 'ecr:InitiateLayerUpload', { repositoryName })) as { uploadId: string }
    const part = { partFirstByte: 0, partLastByte: bytes.length - 1, layerPartBlob: bytes }
    await must(aws, 'ecr:UploadLayerPart', { repositoryName, uploadId, ...part })
    await must(aws, 'ecr:CompleteLayerUpload', { repositoryName, uploadId, layerDigests: [digest] })
  }
  await must(aws, 'ecr:PutImage', { repositoryName, imageManifest: manifest, imageTag })
}
