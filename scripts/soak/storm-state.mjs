// What the account has, read as a client reads it, in the writers' own words.
import { createHash } from 'node:crypto'
import * as ecrClient from '@aws-sdk/client-ecr'
import * as iamClient from '@aws-sdk/client-iam'
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'

const clientConfig = sandbox => ({
  endpoint: sandbox.endpoint,
  region: sandbox.region,
  credentials: { ...sandbox.accounts[0].admin },
})

const sidIn = text => JSON.parse(text).Statement[0].Sid

async function rolesAndUsers(client, found) {
  for await (const page of iamClient.paginateGetAccountAuthorizationDetails({ client }, {})) {
    for (const { RoleName, Tags, RolePolicyList } of page.RoleDetailList ?? []) {
      const [own] = RolePolicyList ?? []
      found.set(`role ${RoleName}`, {
        tags: Tags?.[0]?.Value ?? '',
        inline: own === undefined ? '' : sidIn(decodeURIComponent(own.PolicyDocument)),
      })
    }
    for (const { UserName, Path } of page.UserDetailList ?? []) {
      if (UserName === 'admin') continue
      const { AccessKeyMetadata } = await client.send(new iamClient.ListAccessKeysCommand({ UserName }))
      found.set(`user ${UserName}`, { keys: AccessKeyMetadata.length, path: Path })
    }
  }
}

async function policyOf(client, repositoryName) {
  try {
    return sidIn((await client.send(new ecrClient.GetRepositoryPolicyCommand({ repositoryName }))).policyText)
  } catch (error) {
    if (error.name === 'RepositoryPolicyNotFoundException') return ''
    throw error
  }
}

/** The digest of the image `v1`, whose manifest and layers must be what their digests say. */
async function imageOf(client, repositoryName, faults) {
  const { images } = await client.send(
    new ecrClient.BatchGetImageCommand({ repositoryName, imageIds: [{ imageTag: 'v1' }] }),
  )
  const [image] = images
  if (image === undefined) return ''
  const { imageDigest } = image.imageId
  const digestOf = bytes => `sha256:${createHash('sha256').update(bytes).digest('hex')}`
  if (digestOf(image.imageManifest) !== imageDigest) faults.push(`${repositoryName}: the manifest is not its digest's`)
  for (const { digest: layerDigest } of JSON.parse(image.imageManifest).layers) {
    const { downloadUrl } = await client.send(
      new ecrClient.GetDownloadUrlForLayerCommand({ repositoryName, layerDigest }),
    )
    const bytes = Buffer.from(await (await fetch(downloadUrl)).arrayBuffer())
    if (digestOf(bytes) !== layerDigest) faults.push(`${repositoryName}: the layer is not its digest's`)
  }
  return imageDigest
}

async function repositories(client, found, faults) {
  for await (const page of ecrClient.paginateDescribeRepositories({ client }, {})) {
    for (const { repositoryName } of page.repositories) {
      const policy = await policyOf(client, repositoryName)
      found.set(`repository ${repositoryName}`, { policy, image: await imageOf(client, repositoryName, faults) })
    }
  }
}

/** Every role that is listed can be found by its name, and assumed: its records agree. */
async function checkRoles(sandbox, found, faults) {
  const client = new STSClient(clientConfig(sandbox))
  const names = [...found.keys()].filter(key => key.startsWith('role ')).map(key => key.slice(5))
  for (const name of names.slice(-20)) {
    const RoleArn = `arn:aws:iam::${sandbox.accounts[0].id}:role/${name}`
    await client
      .send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'storm' }))
      .catch(error => faults.push(`${name} cannot be assumed: ${error.message}`))
  }
}

/** Things by the key that their writer gave them, and what is wrong with the state in itself. */
export async function readState(sandbox) {
  const found = new Map()
  const faults = []
  await rolesAndUsers(new iamClient.IAMClient(clientConfig(sandbox)), found)
  await repositories(new ecrClient.ECRClient(clientConfig(sandbox)), found, faults)
  await checkRoles(sandbox, found, faults)
  return { found, faults }
}
