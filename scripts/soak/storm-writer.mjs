// One of the storm's processes: serves the state and writes to it, in two lanes at once. `storm-writer.mjs BUNDLE DIRECTORY NAME SEED`.
// Before each write it says what a thing is now and what it will be; after the answer it says so too. One JSON object a line.
import { createHash } from 'node:crypto'
import { pathToFileURL } from 'node:url'
import * as ecrClient from '@aws-sdk/client-ecr'
import * as iamClient from '@aws-sdk/client-iam'

const [bundle, directory, name, seed] = process.argv.slice(2)
const { startSandbox, randomFrom } = await import(pathToFileURL(bundle).href)
const sandbox = await startSandbox({ directory })
const credentials = { ...sandbox.accounts[0].admin }
const config = { endpoint: sandbox.endpoint, region: sandbox.region, credentials, maxAttempts: 1 }
const iam = new iamClient.IAMClient(config)
const ecr = new ecrClient.ECRClient(config)
const random = randomFrom(Number(seed))
const below = end => Math.floor(random() * end)

const document = (Sid, more) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Sid, Effect: 'Allow', Action: 'ecr:ListImages', ...more }] })
const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'sts:AssumeRole' }],
})
const digestOf = bytes => `sha256:${createHash('sha256').update(bytes).digest('hex')}`

const say = line => process.stdout.write(`${JSON.stringify(line)}\n`)
let said = 0
/** `to`: what the thing is afterwards; null: gone. */
const write = async (key, from, to, send) => {
  said += 1
  const id = `${name}-${said}`
  say({ id, key, from, to })
  await send()
  say({ id })
  return to
}
const send = (client, commands, operation, input) => client.send(new commands[`${operation}Command`](input))
const callIam = (operation, input) => send(iam, iamClient, operation, input)
const callEcr = (operation, input) => send(ecr, ecrClient, operation, input)

async function roleLife(RoleName) {
  const key = `role ${RoleName}`
  const set = (from, to, operation, input) => write(key, from, to, () => callIam(operation, { RoleName, ...input }))
  let state = await set(null, { tags: '', inline: '' }, 'CreateRole', { AssumeRolePolicyDocument: trust })
  for (let turns = below(5); turns > 0; turns -= 1) {
    const value = `v${below(1e9)}`
    state =
      random() < 0.5
        ? await set(state, { ...state, tags: value }, 'TagRole', { Tags: [{ Key: 'k', Value: value }] })
        : await set(state, { ...state, inline: value }, 'PutRolePolicy', {
            PolicyName: 'own',
            PolicyDocument: document(value, { Resource: '*' }),
          })
  }
  if (random() < 0.5) return
  if (state.inline !== '') state = await set(state, { ...state, inline: '' }, 'DeleteRolePolicy', { PolicyName: 'own' })
  await set(state, null, 'DeleteRole', {})
}

async function userLife(UserName) {
  const key = `user ${UserName}`
  const set = (from, to, operation, input) => write(key, from, to, () => callIam(operation, { UserName, ...input }))
  let state = await set(null, { keys: 0, path: '/' }, 'CreateUser', {})
  if (random() < 0.7) state = await set(state, { ...state, keys: 1 }, 'CreateAccessKey', {})
  if (random() < 0.5) state = await set(state, { ...state, path: '/moved/' }, 'UpdateUser', { NewPath: '/moved/' })
  if (state.keys === 0 && random() < 0.5) await set(state, null, 'DeleteUser', {})
}

/** The upload is no change that anyone can see before the image is put. */
async function blob(repositoryName, bytes) {
  const { uploadId } = await callEcr('InitiateLayerUpload', { repositoryName })
  const part = { partFirstByte: 0, partLastByte: bytes.length - 1, layerPartBlob: bytes }
  await callEcr('UploadLayerPart', { repositoryName, uploadId, ...part })
  await callEcr('CompleteLayerUpload', { repositoryName, uploadId, layerDigests: [digestOf(bytes)] })
  return { digest: digestOf(bytes), size: bytes.length, mediaType: 'application/vnd.oci.image.layer.v1.tar' }
}

async function repositoryLife(repositoryName) {
  const key = `repository ${repositoryName}`
  const set = (from, to, operation, input) =>
    write(key, from, to, () => callEcr(operation, { repositoryName, ...input }))
  let state = await set(null, { policy: '', image: '' }, 'CreateRepository', {})
  if (random() < 0.7) {
    const Sid = `v${below(1e9)}`
    const policyText = document(Sid, { Principal: '*' })
    state = await set(state, { ...state, policy: Sid }, 'SetRepositoryPolicy', { policyText })
  }
  if (random() < 0.5) {
    const layer = await blob(repositoryName, Buffer.alloc(2000 + below(20_000), `${name}-${said}-${below(1e9)}`))
    const imageManifest = JSON.stringify({
      schemaVersion: 2,
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      config: layer,
      layers: [layer],
    })
    const image = digestOf(imageManifest)
    state = await set(state, { ...state, image }, 'PutImage', { imageManifest, imageTag: 'v1' })
  }
  if (random() < 0.3) await set(state, null, 'DeleteRepository', { force: true })
}

const lives = [roleLife, roleLife, userLife, repositoryLife]
const lane = async lane => {
  for (let n = 0; ; n += 1) await lives[below(lives.length)](`${name}-${lane}-${n}`)
}
await Promise.all([lane('a'), lane('b')])
