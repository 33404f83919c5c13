import { beforeEach, describe, expect, test } from 'vitest'
import { layerOfUrl } from '../../../sandbox/ecr/layer-download.ts'
import { accountId, type MemoryAccount, memoryAccount, refusal } from '../memory-account.ts'
import { digestOf, indexOf, manifestOf, pushImage, uploadLayer } from './image-content.ts'

let account: MemoryAccount
const repositoryName = 'team-a/alpine'
const named = { repositoryName }
const manifest = manifestOf('{}', 'layer')
const imageDigest = digestOf(manifest)
const place = `repository with name '${repositoryName}' in the registry with id '${accountId}'`

beforeEach(() => {
  account = memoryAccount()
  account.ecr('CreateRepository', named)
})

test('a pushed image is listed once per tag, described once per digest', () => {
  expect(pushImage(account, repositoryName, 'v1')).toBe(imageDigest)
  account.ecr('PutImage', { ...named, imageManifest: manifest, imageTag: 'v2' })
  expect(account.ecr('ListImages', named)).toEqual({
    imageIds: [
      { imageDigest, imageTag: 'v1' },
      { imageDigest, imageTag: 'v2' },
    ],
  })
  expect(account.ecr('DescribeImages', named).imageDetails).toEqual([
    {
      registryId: accountId,
      repositoryName,
      imageDigest,
      imageTags: ['v1', 'v2'],
      imageSizeInBytes: 7,
      imagePushedAt: expect.any(Date),
      imageManifestMediaType: 'application/vnd.oci.image.manifest.v1+json',
      artifactMediaType: 'application/vnd.oci.image.config.v1+json',
      imageStatus: 'ACTIVE',
    },
  ])
  expect(account.ecr('BatchGetImage', { ...named, imageIds: [{ imageTag: 'v2' }] }).images[0]).toMatchObject({
    imageId: { imageDigest, imageTag: 'v2' },
    imageManifest: manifest,
  })
})

test('a mutable tag moves; what it leaves is listed without a tag', () => {
  pushImage(account, repositoryName, 'v1')
  const other = pushImage(account, repositoryName, 'v1', 'other')
  const ids = (tagStatus: string) => account.ecr('ListImages', { ...named, filter: { tagStatus } }).imageIds
  expect(ids('TAGGED')).toEqual([{ imageDigest: other, imageTag: 'v1' }])
  expect(ids('UNTAGGED')).toEqual([{ imageDigest }])
  expect(ids('ANY')).toHaveLength(2)
})

test('ListImages page by page', () => {
  for (const tag of ['a', 'b', 'c']) pushImage(account, repositoryName, tag, `layer ${tag}`)
  const first = account.ecr('ListImages', { ...named, maxResults: 2 })
  const second = account.ecr('ListImages', { ...named, maxResults: 2, nextToken: first.nextToken })
  const tags = [...first.imageIds, ...second.imageIds].map((id: { imageTag: string }) => id.imageTag)
  expect(tags.sort()).toEqual(['a', 'b', 'c'])
  expect(second).not.toHaveProperty('nextToken')
})

test('deleting by tag takes the tag, with the last one the image; by digest all', () => {
  pushImage(account, repositoryName, 'v1')
  account.ecr('PutImage', { ...named, imageManifest: manifest, imageTag: 'v2' })
  const remove = (id: object) => account.ecr('BatchDeleteImage', { ...named, imageIds: [id] })
  expect(remove({ imageTag: 'v1' })).toEqual({ imageIds: [{ imageDigest, imageTag: 'v1' }], failures: [] })
  expect(account.ecr('ListImages', named).imageIds).toEqual([{ imageDigest, imageTag: 'v2' }])
  account.ecr('PutImage', { ...named, imageManifest: manifest, imageTag: 'v3' })
  expect(remove({ imageDigest }).imageIds).toHaveLength(2)
  expect(account.ecr('ListImages', named).imageIds).toEqual([])
  expect(remove({ imageTag: 'v2' }).failures).toEqual([
    { imageId: { imageTag: 'v2' }, failureCode: 'ImageNotFound', failureReason: 'Requested image not found' },
  ])
})

test('an index needs its images, which then cannot be deleted', () => {
  const imageManifest = indexOf(manifest)
  expect(refusal(() => account.ecr('PutImage', { ...named, imageManifest, imageTag: 'all' }))).toMatch(
    `ReferencedImagesNotFoundException: Images with digests '[${imageDigest}]'`,
  )
  pushImage(account, repositoryName, 'v1')
  account.ecr('PutImage', { ...named, imageManifest, imageTag: 'all' })
  const { failures } = account.ecr('BatchDeleteImage', { ...named, imageIds: [{ imageDigest }] })
  expect(failures[0]).toMatchObject({ failureCode: 'ImageReferencedByManifestList' })
})

test('layers: available once they are complete', () => {
  const digest = digestOf('some bytes')
  const check = () => account.ecr('BatchCheckLayerAvailability', { ...named, layerDigests: [digest, 'sha256:short'] })
  expect(check()).toMatchObject({
    layers: [{ layerAvailability: 'UNAVAILABLE' }],
    failures: [{ failureCode: 'InvalidLayerDigest' }],
  })
  expect(uploadLayer(account, repositoryName, 'some bytes')).toBe(digest)
  expect(check().layers).toMatchObject([{ layerDigest: digest, layerAvailability: 'AVAILABLE', layerSize: 10 }])
})

test('a layer download URL opens that layer, for an hour', () => {
  const layerDigest = uploadLayer(account, repositoryName, 'some bytes')
  const { downloadUrl } = account.ecr('GetDownloadUrlForLayer', { ...named, layerDigest })
  const url = new URL(downloadUrl)
  const token = url.searchParams.get('token') ?? ''
  expect(layerOfUrl(url.pathname, token, account.secrets, account.now)).toBe(layerDigest)
  expect(layerOfUrl(`${url.pathname}0`, token, account.secrets, account.now)).toBeNull()
  expect(layerOfUrl(url.pathname, token, account.secrets, account.now + 3_600_000)).toBeNull()
})

const begin = (a: MemoryAccount) => ({ ...named, uploadId: a.ecr('InitiateLayerUpload', named).uploadId as string })
const part = (a: MemoryAccount, upload: object, first: number, size: number) =>
  a.ecr('UploadLayerPart', {
    ...upload,
    partFirstByte: first,
    partLastByte: first + size - 1,
    layerPartBlob: Buffer.alloc(size),
  })
const put = (a: MemoryAccount, input: object) => a.ecr('PutImage', { ...named, imageManifest: manifest, ...input })

describe('refusals in AWS words', () => {
  test.each<[string, (account: MemoryAccount) => unknown, RegExp | string]>([
    [
      'an upload of nothing',
      a => a.ecr('CompleteLayerUpload', { ...begin(a), layerDigests: [digestOf('')] }),
      /^400 EmptyUploadException: The upload with id '[-0-9a-f]{36}' in the repository with name 'team-a\/alpine' in registry with id '111122223333' cannot be completed because it does not have any parts$/,
    ],
    [
      'a small part that is not the last',
      a => {
        const upload = begin(a)
        part(a, upload, 0, 3)
        part(a, upload, 3, 3)
        a.ecr('CompleteLayerUpload', { ...upload, layerDigests: [digestOf('')] })
      },
      '400 LayerPartTooSmallException: All layer parts except the last part should be at least 5MB',
    ],
    [
      'a gap between parts',
      a => {
        const upload = begin(a)
        part(a, upload, 0, 3)
        part(a, upload, 5, 3)
      },
      /^400 InvalidLayerPartException/,
    ],
    [
      'another digest',
      a => {
        const upload = begin(a)
        part(a, upload, 0, 3)
        a.ecr('CompleteLayerUpload', { ...upload, layerDigests: [digestOf('x')] })
      },
      /^400 InvalidLayerException/,
    ],
    [
      'a layer twice',
      a => {
        uploadLayer(a, repositoryName, 'x')
        uploadLayer(a, repositoryName, 'x')
      },
      /^400 LayerAlreadyExistsException/,
    ],
    ['an upload of nobody', a => part(a, { ...named, uploadId: 'none' }, 0, 3), /^400 UploadNotFoundException/],
    [
      'an image without its layers',
      a => put(a, { imageTag: 'v1' }),
      `400 LayersNotFoundException: Layers with digests '[${digestOf('{}')}, ${digestOf('layer')}]' required for pushing image into ${place} do not exist`,
    ],
    [
      'the same image and tag again',
      a => {
        pushImage(a, repositoryName, 'v1')
        put(a, { imageTag: 'v1' })
      },
      `400 ImageAlreadyExistsException: Image with digest '${imageDigest}' and tag 'v1' already exists in the repository with name '${repositoryName}' in registry with id '${accountId}'`,
    ],
    [
      'another digest than the bytes have',
      a => put(a, { imageDigest: digestOf('x') }),
      /^400 ImageDigestDoesNotMatchException/,
    ],
    [
      'a manifest that is not JSON',
      a => put(a, { imageManifest: '{' }),
      "400 InvalidParameterException: Invalid parameter at 'ImageManifest' failed to satisfy constraint: 'Invalid JSON syntax'",
    ],
    [
      'DescribeImages, none',
      a => a.ecr('DescribeImages', { ...named, imageIds: [{ imageTag: 'none' }] }),
      `400 ImageNotFoundException: The image with imageId {imageDigest:'null', imageTag:'none'} does not exist within the ${place}`,
    ],
    [
      'GetDownloadUrlForLayer, none',
      a => a.ecr('GetDownloadUrlForLayer', { ...named, layerDigest: digestOf('x') }),
      `400 LayersNotFoundException: The layer with digest '${digestOf('x')}' does not exist within the ${place}`,
    ],
  ])('%s', (_, act, expected) => {
    const found = refusal(() => act(account))
    if (typeof expected === 'string') expect(found).toBe(expected)
    else expect(found).toMatch(expected)
  })

  test('an immutable tag stays', () => {
    account.ecr('CreateRepository', { repositoryName: 'fixed', imageTagMutability: 'IMMUTABLE' })
    pushImage(account, 'fixed', 'v1')
    expect(refusal(() => pushImage(account, 'fixed', 'v1', 'other'))).toBe(
      "400 ImageTagAlreadyExistsException: The image tag 'v1' already exists in the 'fixed' repository and cannot be overwritten because the tag is immutable.",
    )
  })

  test('a filter excludes tags from immutability', () => {
    account.ecr('CreateRepository', {
      repositoryName: 'fixed',
      imageTagMutability: 'IMMUTABLE_WITH_EXCLUSION',
      imageTagMutabilityExclusionFilters: [{ filterType: 'WILDCARD', filter: 'dev*' }],
    })
    for (const [tag, content] of [
      ['v1', 'a'],
      ['dev-1', 'b'],
      ['dev-1', 'c'],
    ] as const)
      pushImage(account, 'fixed', tag, content)
    expect(refusal(() => pushImage(account, 'fixed', 'v1', 'd'))).toMatch('ImageTagAlreadyExistsException')
  })
})
