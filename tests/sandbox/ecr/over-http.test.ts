import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ecr } from '../../../sandbox/ecr/index.ts'
import { accountId } from '../memory-account.ts'
import { newStage, type Scene, type Stage } from '../over-http.ts'
import { digestOf, manifestOf } from './image-content.ts'

const repositoryName = 'team-a/alpine'
const named = { repositoryName }
const both = { registryId: accountId, repositoryName }
const resourceArn = `arn:aws:ecr:us-west-2:${accountId}:repository/${repositoryName}`
const tags = [{ Key: 'k', Value: 'v' }]
const text = 'layer and config'
const layerDigest = digestOf(text)
const imageManifest = manifestOf(text, text)
const imageDigest = digestOf(imageManifest)
const imageIds = [{ imageTag: 'v1' }]
const statement = { Effect: 'Deny', Principal: '*', Action: 'ecr:ReplicateImage' }
const policyText = JSON.stringify({ Version: '2008-10-17', Statement: [statement] })
const registryText = JSON.stringify({ Version: '2012-10-17', Statement: [{ ...statement, Resource: '*' }] })
const lifecyclePolicyText = JSON.stringify({
  rules: [
    {
      rulePriority: 1,
      selection: { tagStatus: 'any', countType: 'imageCountMoreThan', countNumber: 9 },
      action: { type: 'expire' },
    },
  ],
})

const scene = (operation: string, input: Scene['input'], answer?: object, as?: string): Scene => ({
  operation,
  input,
  ...(answer === undefined ? {} : { answer }),
  ...(as === undefined ? {} : { as }),
})
const upload = (answers: { upload: { uploadId: string } }) => ({ ...named, uploadId: answers.upload.uploadId })

/** Every operation that is served but DescribeImageScanFindings, which never succeeds here, in an order in which each succeeds. */
const story: Scene[] = [
  scene(
    'CreateRepository',
    { ...named, tags },
    { repository: { repositoryArn: resourceArn, createdAt: expect.any(Date) } },
  ),
  scene('DescribeRepositories', {}, { repositories: [both] }),
  scene('ListTagsForResource', { resourceArn }, { tags }),
  scene('TagResource', { resourceArn, tags }),
  scene('UntagResource', { resourceArn, tagKeys: ['k'] }),
  scene(
    'SetRepositoryPolicy',
    { ...named, policyText },
    { ...both, policyText: expect.stringMatching(/^\{\n {2}"Version" : "2008-10-17"/) },
  ),
  scene('GetRepositoryPolicy', named, both),
  scene('DeleteRepositoryPolicy', named, both),
  scene('InitiateLayerUpload', named, { partSize: 10_485_760 }, 'upload'),
  scene(
    'UploadLayerPart',
    answers => ({
      ...upload(answers),
      partFirstByte: 0,
      partLastByte: text.length - 1,
      layerPartBlob: Buffer.from(text),
    }),
    { lastByteReceived: text.length - 1 },
  ),
  scene('CompleteLayerUpload', answers => ({ ...upload(answers), layerDigests: [layerDigest] }), { layerDigest }),
  scene(
    'BatchCheckLayerAvailability',
    { ...named, layerDigests: [layerDigest] },
    { layers: [{ layerAvailability: 'AVAILABLE' }] },
  ),
  scene(
    'PutImage',
    { ...named, imageManifest, imageTag: 'v1' },
    { image: { imageId: { imageDigest, imageTag: 'v1' } } },
  ),
  scene('ListImages', named, { imageIds: [{ imageDigest, imageTag: 'v1' }] }),
  scene('DescribeImages', named, { imageDetails: [{ imageDigest, imagePushedAt: expect.any(Date) }] }),
  scene('GetDownloadUrlForLayer', { ...named, layerDigest }, { layerDigest }, 'layer'),
  scene('BatchGetImage', { ...named, imageIds }, { images: [{ imageManifest }], failures: [] }),
  scene('PutImageTagMutability', { ...named, imageTagMutability: 'IMMUTABLE' }, { imageTagMutability: 'IMMUTABLE' }),
  scene('PutImageScanningConfiguration', { ...named, imageScanningConfiguration: { scanOnPush: true } }, both),
  scene(
    'BatchGetRepositoryScanningConfiguration',
    { repositoryNames: [repositoryName] },
    { scanningConfigurations: [{ scanOnPush: true }] },
  ),
  scene('PutLifecyclePolicy', { ...named, lifecyclePolicyText }, { lifecyclePolicyText }),
  scene('GetLifecyclePolicy', named, { lifecyclePolicyText, lastEvaluatedAt: new Date(0) }),
  scene('DeleteLifecyclePolicy', named, { lifecyclePolicyText }),
  scene('BatchDeleteImage', { ...named, imageIds }, { imageIds: [{ imageDigest, imageTag: 'v1' }] }),
  scene('DeleteRepository', named, { repository: both }),
  scene('PutRegistryPolicy', { policyText: registryText }, { registryId: accountId }),
  scene('GetRegistryPolicy', {}, { registryId: accountId }),
  scene('DeleteRegistryPolicy', {}, { registryId: accountId }),
  scene('DescribeRegistry', {}, { registryId: accountId, replicationConfiguration: { rules: [] } }),
  scene(
    'PutRegistryScanningConfiguration',
    { scanType: 'BASIC', rules: [] },
    { registryScanningConfiguration: { scanType: 'BASIC' } },
  ),
  scene('GetRegistryScanningConfiguration', {}, { scanningConfiguration: { scanType: 'BASIC' } }),
  scene('GetAuthorizationToken', {}, { authorizationData: [{ expiresAt: expect.any(Date) }] }),
]

test('the story has every operation', () => {
  const left = ['DescribeImageScanFindings']
  expect([...story.map(({ operation }) => operation), ...left].sort()).toEqual(Object.keys(ecr).sort())
})

describe('by the real SDK, denied and then served', () => {
  let stage: Stage
  const answers: Record<string, object> = {}
  beforeAll(async () => {
    stage = await newStage('ecr')
  })
  afterAll(() => stage.sandbox.remove())

  /** The bytes behind the download URL, while the repository is there. */
  const download = async ({ downloadUrl = '' }: { downloadUrl?: string }) => (await fetch(downloadUrl)).text()

  test.each(story)('$operation', async ({ operation, input, as, answer }) => {
    const given = typeof input === 'function' ? input(answers) : input
    const refused = stage.nobody(operation, given)
    await expect(refused).rejects.toMatchObject({ name: 'AccessDeniedException', $metadata: { httpStatusCode: 400 } })
    await expect(refused).rejects.toThrow(`is not authorized to perform: ecr:${operation} on resource: `)
    await expect(refused).rejects.toThrow(`because no identity-based policy allows the ecr:${operation} action`)
    const found = await stage.admin(operation, given)
    if (as !== undefined) answers[as] = found
    if (answer !== undefined) expect(found).toMatchObject(answer)
    if (operation === 'GetDownloadUrlForLayer') expect(await download(found)).toBe(text)
  })
})
