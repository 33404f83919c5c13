import { execFile } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import {
  CreateRepositoryCommand,
  DescribeImagesCommand,
  ECRClient,
  GetAuthorizationTokenCommand,
  SetRepositoryPolicyCommand,
} from '@aws-sdk/client-ecr'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { onSandboxOnly } from './on-aws.ts'
import { newSandbox, type TestSandbox } from './sandbox-for-tests.ts'

onSandboxOnly('it is about the loopback registry: plain HTTP, and several accounts at one address')

let sandbox: TestSandbox
let ecr: ECRClient
let token: string

beforeAll(async () => {
  sandbox = await newSandbox()
  ecr = new ECRClient(sandbox.config)
  const { authorizationData } = await ecr.send(new GetAuthorizationTokenCommand({}))
  token = authorizationData?.[0]?.authorizationToken ?? ''
  for (const repositoryName of ['team-a/app', 'team-b/app', 'locked'])
    await ecr.send(new CreateRepositoryCommand({ repositoryName }))
  const denial = { Sid: 'x', Effect: 'Deny', Principal: '*', Action: 'ecr:PutImage' }
  await ecr.send(
    new SetRepositoryPolicyCommand({
      repositoryName: 'locked',
      policyText: JSON.stringify({ Version: '2012-10-17', Statement: [denial] }),
    }),
  )
})
afterAll(() => sandbox.remove())

const call = (path: string, init: RequestInit = {}, authorization = `Basic ${token}`): Promise<Response> =>
  fetch(`${sandbox.endpoint}${path}`, { redirect: 'manual', ...init, headers: { authorization, ...init.headers } })

const digestOf = (bytes: string | Buffer): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`

const push = async (repository: string, bytes: string): Promise<string> => {
  const begun = await call(`/v2/${repository}/blobs/uploads/`, { method: 'POST' })
  expect(begun.status).toBe(202)
  const location = begun.headers.get('location') ?? ''
  expect((await call(location, { method: 'PATCH', body: bytes })).status).toBe(201)
  const digest = digestOf(bytes)
  expect((await call(`${location}?digest=${digest}`, { method: 'PUT' })).status).toBe(201)
  return digest
}

const manifestType = 'application/vnd.oci.image.manifest.v1+json'
const manifest = (config: string, layer: string): string =>
  JSON.stringify({
    schemaVersion: 2,
    mediaType: manifestType,
    config: { mediaType: 'application/vnd.oci.image.config.v1+json', digest: digestOf(config), size: config.length },
    layers: [{ mediaType: 'application/vnd.oci.image.layer.v1.tar', digest: digestOf(layer), size: layer.length }],
  })

describe('by hand', () => {
  test('without a password nobody gets in', async () => {
    const answer = await fetch(`${sandbox.endpoint}/v2/`)
    expect(answer.status).toBe(401)
    expect(await answer.text()).toBe('Not Authorized\n')
    expect(answer.headers.get('www-authenticate')).toBe(
      `Basic realm="${sandbox.endpoint}/",service="ecr.amazonaws.com"`,
    )
    expect(answer.headers.get('docker-distribution-api-version')).toBe('registry/2.0')
  })

  test.each(['Basic QVdTOng=', 'Basic x', 'Bearer x', `Basic ${Buffer.from('AWS:layer-x').toString('base64')}`])(
    '%s is no password',
    async header => {
      expect((await call('/v2/', {}, header)).status).toBe(401)
    },
  )

  test('a pushed image is pulled byte for byte, and ECR’s API knows it', async () => {
    const config = '{"architecture":"amd64","os":"linux"}'
    const layer = 'a layer'
    await push('team-a/app', config)
    const digest = await push('team-a/app', layer)
    const text = manifest(config, layer)
    const put = await call('/v2/team-a/app/manifests/v1', {
      method: 'PUT',
      body: text,
      headers: { 'content-type': manifestType },
    })
    expect(put.status).toBe(201)
    expect(put.headers.get('docker-content-digest')).toBe(digestOf(text))
    expect(
      (
        await call('/v2/team-a/app/manifests/v1', {
          method: 'PUT',
          body: text,
          headers: { 'content-type': manifestType },
        })
      ).status,
    ).toBe(201)
    for (const reference of ['v1', digestOf(text)]) {
      const got = await call(`/v2/team-a/app/manifests/${reference}`)
      expect(got.headers.get('content-type')).toBe(manifestType)
      expect(await got.text()).toBe(text)
    }
    expect((await call(`/v2/team-a/app/blobs/${digest}`, { method: 'HEAD' })).headers.get('content-length')).toBe(
      String(layer.length),
    )
    expect(await (await call(`/v2/team-a/app/blobs/${digest}`, { redirect: 'follow' })).text()).toBe(layer)
    expect(await (await call('/v2/team-a/app/tags/list')).json()).toEqual({ name: 'team-a/app', tags: ['v1'] })
    const { imageDetails } = await ecr.send(new DescribeImagesCommand({ repositoryName: 'team-a/app' }))
    expect(imageDetails?.[0]).toMatchObject({ imageDigest: digestOf(text), imageTags: ['v1'] })
  })

  test.each([
    [
      'GET',
      '/v2/none/manifests/v1',
      404,
      'NAME_UNKNOWN',
      "The repository with name 'none' does not exist in the registry with id '111122223333'",
    ],
    ['GET', '/v2/team-b/app/manifests/v9', 404, 'MANIFEST_UNKNOWN', 'Requested image not found'],
    ['GET', `/v2/team-b/app/blobs/${digestOf('x')}`, 404, 'BLOB_UNKNOWN', 'blob unknown to registry'],
    ['PATCH', '/v2/team-b/app/blobs/uploads/nonsense', 404, 'BLOB_UPLOAD_UNKNOWN', 'blob upload unknown to registry'],
    ['DELETE', '/v2/team-b/app/manifests/v1', 404, 'MANIFEST_UNKNOWN', 'Requested image not found'],
    ['POST', '/v2/team-b/app/manifests/v1', 405, 'UNSUPPORTED', 'POST of a manifest is not implemented by the sandbox'],
    ['GET', '/v2/_catalog', 405, 'UNSUPPORTED', 'GET /v2/_catalog is not implemented by the sandbox'],
    [
      'PUT',
      '/v2/locked/manifests/v1',
      403,
      'DENIED',
      'User: arn:aws:iam::111122223333:user/admin is not authorized to perform: ecr:PutImage on resource: arn:aws:ecr:us-west-2:111122223333:repository/locked with an explicit deny in a resource-based policy',
    ],
  ])('%s %s is refused', async (method, path, status, code, text) => {
    const answer = await call(path, { method, ...(method === 'PUT' ? { body: manifest('a', 'b') } : {}) })
    expect([answer.status, await answer.json()]).toEqual([status, { errors: [{ code, message: text }] }])
  })

  test('a manifest is deleted by its tag or digest; one that an index holds is not', async () => {
    const put = (text: string, reference: string, type = manifestType) =>
      call(`/v2/team-b/app/manifests/${reference}`, { method: 'PUT', body: text, headers: { 'content-type': type } })
    const remove = async (reference: string) => {
      const answer = await call(`/v2/team-b/app/manifests/${reference}`, { method: 'DELETE' })
      return [
        answer.status,
        answer.status === 202 ? '' : ((await answer.json()) as { errors: { code: string }[] }).errors[0]?.code,
      ]
    }
    await push('team-b/app', 'c')
    await push('team-b/app', 'l')
    const text = manifest('c', 'l')
    for (const tag of ['one', 'two']) expect((await put(text, tag)).status).toBe(201)
    expect(await remove('one')).toEqual([202, ''])
    expect((await call('/v2/team-b/app/manifests/two')).status).toBe(200)
    const type = 'application/vnd.oci.image.index.v1+json'
    const manifests = [{ mediaType: manifestType, digest: digestOf(text), size: text.length }]
    const index = JSON.stringify({ schemaVersion: 2, mediaType: type, manifests })
    expect((await put(index, 'index', type)).status).toBe(201)
    expect(await remove(digestOf(text))).toEqual([405, 'UNSUPPORTED'])
    expect(await remove(digestOf(index))).toEqual([202, ''])
    expect(await remove(digestOf(text))).toEqual([202, ''])
    expect(await remove(digestOf(text))).toEqual([404, 'MANIFEST_UNKNOWN'])
  })

  test('an index of two platforms, its images put by digest', async () => {
    const indexType = 'application/vnd.oci.image.index.v1+json'
    const images = ['amd64', 'arm64'].map(architecture => ({
      architecture,
      config: `{"architecture":"${architecture}","os":"linux"}`,
      layer: `layer of ${architecture}`,
    }))
    const manifests: object[] = []
    for (const { architecture, config, layer } of images) {
      for (const blob of [config, layer]) await push('team-b/app', blob)
      const body = manifest(config, layer)
      const put = await call(`/v2/team-b/app/manifests/${digestOf(body)}`, {
        method: 'PUT',
        body,
        headers: { 'content-type': manifestType },
      })
      expect(put.status).toBe(201)
      manifests.push({
        mediaType: manifestType,
        digest: digestOf(body),
        size: body.length,
        platform: { architecture, os: 'linux' },
      })
    }
    const index = JSON.stringify({ schemaVersion: 2, mediaType: indexType, manifests })
    expect(
      (
        await call('/v2/team-b/app/manifests/multi', {
          method: 'PUT',
          body: index,
          headers: { 'content-type': indexType },
        })
      ).status,
    ).toBe(201)
    const got = await call('/v2/team-b/app/manifests/multi')
    expect([got.headers.get('content-type'), await got.text()]).toEqual([indexType, index])
    const missing = index.replace(/sha256:[0-9a-f]{64}/, digestOf('nothing'))
    const refused = await call('/v2/team-b/app/manifests/bad', {
      method: 'PUT',
      body: missing,
      headers: { 'content-type': indexType },
    })
    expect([refused.status, await refused.json()]).toMatchObject([404, { errors: [{ code: 'MANIFEST_BLOB_UNKNOWN' }] }])
  })

  test('a download URL opens its own layer only', async () => {
    const config = await push('team-b/app', 'one')
    const location = (await call(`/v2/team-b/app/blobs/${config}`)).headers.get('location') ?? ''
    expect(await (await fetch(location)).text()).toBe('one')
    expect((await fetch(location.replace(config, digestOf('a layer')))).status).toBe(403)
    expect((await fetch(location, { method: 'DELETE' })).status).toBe(405)
  })
})

const onPath = (program: string): boolean =>
  (process.env.PATH ?? '').split(delimiter).some(folder => existsSync(join(folder, program)))

// Where there is no skopeo on the PATH these are skipped, not passed.
describe.skipIf(!onPath('skopeo'))('the real skopeo', () => {
  const skopeo = (...words: string[]): Promise<{ code: number; text: string }> =>
    new Promise(resolve => {
      execFile(
        'skopeo',
        ['--insecure-policy', ...words],
        { env: { PATH: process.env.PATH, HOME: sandbox.directory } },
        (error, stdout, stderr) =>
          resolve({ code: typeof error?.code === 'number' ? error.code : 0, text: stdout + stderr }),
      )
    })
  const credentials = (): string => Buffer.from(token, 'base64').toString()
  const reference = (repository: string): string => `docker://127.0.0.1:${sandbox.port}/${repository}`

  /** Already in gzip's form, though stored: skopeo compresses what is not. */
  const layerOf = (size: number): Buffer => gzipSync(randomBytes(size), { level: 0 })

  /** An image of two layers in skopeo's `dir:` form. */
  const imageFolder = (size: number): string => {
    const folder = join(sandbox.directory, 'image')
    mkdirSync(folder, { recursive: true })
    const blobs = [
      Buffer.from('{"architecture":"amd64","os":"linux","rootfs":{"type":"layers","diff_ids":[]},"config":{}}'),
      layerOf(size),
      layerOf(1000),
    ]
    for (const blob of blobs) writeFileSync(join(folder, digestOf(blob).slice(7)), blob)
    const described = blobs.map((blob, at) => ({
      mediaType: `application/vnd.oci.image.${at === 0 ? 'config.v1+json' : 'layer.v1.tar+gzip'}`,
      digest: digestOf(blob),
      size: blob.length,
    }))
    writeFileSync(
      join(folder, 'manifest.json'),
      JSON.stringify({ schemaVersion: 2, mediaType: manifestType, config: described[0], layers: described.slice(1) }),
    )
    writeFileSync(join(folder, 'version'), 'Directory Transport Version: 1.1\n')
    return folder
  }

  test('pushes, inspects and pulls 50 MB, byte for byte', async () => {
    const folder = imageFolder(50_000_000)
    const pushed = await skopeo(
      'copy',
      '--dest-tls-verify=false',
      '--dest-creds',
      credentials(),
      `dir:${folder}`,
      `${reference('team-a/app')}:big`,
    )
    expect(pushed).toMatchObject({ code: 0 })
    const inspected = await skopeo(
      'inspect',
      '--raw',
      '--tls-verify=false',
      '--creds',
      credentials(),
      `${reference('team-a/app')}:big`,
    )
    expect(inspected.text).toBe(readFileSync(join(folder, 'manifest.json'), 'utf8'))
    const copy = join(sandbox.directory, 'copy')
    const pulled = await skopeo(
      'copy',
      '--src-tls-verify=false',
      '--src-creds',
      credentials(),
      `${reference('team-a/app')}:big`,
      `dir:${copy}`,
    )
    expect(pulled).toMatchObject({ code: 0 })
    const { layers } = JSON.parse(inspected.text) as { layers: { digest: string }[] }
    for (const { digest } of layers) expect(digestOf(readFileSync(join(copy, digest.slice(7))))).toBe(digest)
  })

  test('a push that is denied says why', async () => {
    const denied = await skopeo(
      'copy',
      '--dest-tls-verify=false',
      '--dest-creds',
      credentials(),
      `dir:${imageFolder(10)}`,
      `${reference('locked')}:v1`,
    )
    expect(denied.code).toBeGreaterThan(0)
    expect(denied.text).toContain(
      'denied: User: arn:aws:iam::111122223333:user/admin is not authorized to perform: ecr:PutImage on resource: ',
    )
  })
})
