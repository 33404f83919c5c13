import { expect } from 'vitest'
import { digestOf, manifestOf } from '../../sandbox/ecr/image-content.ts'
import { type Place, type Scene, scene } from './scene.ts'

const registryReason = 'it is of the whole registry, and what is there is not ours'

/** Every operation of ECR that is served but DescribeImageScanFindings, which never succeeds here, in an order in which each succeeds. */
export const ecrStory = ({ accountId, region, prefix }: Place): Scene[] => {
  const repositoryName = `${prefix}/alpine`
  const named = { repositoryName }
  const both = { registryId: accountId, repositoryName }
  const resourceArn = `arn:aws:ecr:${region}:${accountId}:repository/${repositoryName}`
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

  const upload = (answers: { upload: { uploadId: string } }) => ({ ...named, uploadId: answers.upload.uploadId })

  return [
    scene(
      'CreateRepository',
      { ...named, tags },
      { answer: { repository: { repositoryArn: resourceArn, createdAt: expect.any(Date) } } },
    ),
    scene('DescribeRepositories', { repositoryNames: [repositoryName] }, { answer: { repositories: [both] } }),
    scene('ListTagsForResource', { resourceArn }, { answer: { tags } }),
    scene('TagResource', { resourceArn, tags }),
    scene('UntagResource', { resourceArn, tagKeys: ['k'] }),
    scene(
      'SetRepositoryPolicy',
      { ...named, policyText },
      { answer: { ...both, policyText: expect.stringMatching(/^\{\n {2}"Version" : "2008-10-17"/) } },
    ),
    scene('GetRepositoryPolicy', named, { answer: both }),
    scene('DeleteRepositoryPolicy', named, { answer: both }),
    scene('InitiateLayerUpload', named, { answer: { partSize: 10_485_760 }, as: 'upload' }),
    scene(
      'UploadLayerPart',
      answers => ({
        ...upload(answers),
        partFirstByte: 0,
        partLastByte: text.length - 1,
        layerPartBlob: Buffer.from(text),
      }),
      { answer: { lastByteReceived: text.length - 1 } },
    ),
    scene('CompleteLayerUpload', answers => ({ ...upload(answers), layerDigests: [layerDigest] }), {
      answer: { layerDigest },
    }),
    scene(
      'BatchCheckLayerAvailability',
      { ...named, layerDigests: [layerDigest] },
      { answer: { layers: [{ layerAvailability: 'AVAILABLE' }] } },
    ),
    scene(
      'PutImage',
      { ...named, imageManifest, imageTag: 'v1' },
      { answer: { image: { imageId: { imageDigest, imageTag: 'v1' } } } },
    ),
    scene('ListImages', named, { answer: { imageIds: [{ imageDigest, imageTag: 'v1' }] } }),
    scene('DescribeImages', named, { answer: { imageDetails: [{ imageDigest, imagePushedAt: expect.any(Date) }] } }),
    scene('GetDownloadUrlForLayer', { ...named, layerDigest }, { answer: { layerDigest }, as: 'layer' }),
    scene('BatchGetImage', { ...named, imageIds }, { answer: { images: [{ imageManifest }], failures: [] } }),
    scene(
      'PutImageTagMutability',
      { ...named, imageTagMutability: 'IMMUTABLE' },
      { answer: { imageTagMutability: 'IMMUTABLE' } },
    ),
    scene(
      'PutImageScanningConfiguration',
      { ...named, imageScanningConfiguration: { scanOnPush: true } },
      { answer: both },
    ),
    scene(
      'BatchGetRepositoryScanningConfiguration',
      { repositoryNames: [repositoryName] },
      { answer: { scanningConfigurations: [{ scanOnPush: true }] } },
    ),
    scene('PutLifecyclePolicy', { ...named, lifecyclePolicyText }, { answer: { lifecyclePolicyText } }),
    scene('GetLifecyclePolicy', named, { answer: { lifecyclePolicyText, lastEvaluatedAt: expect.any(Date) } }),
    scene('DeleteLifecyclePolicy', named, { answer: { lifecyclePolicyText } }),
    scene('BatchDeleteImage', { ...named, imageIds }, { answer: { imageIds: [{ imageDigest, imageTag: 'v1' }] } }),
    scene('DeleteRepository', named, { answer: { repository: both } }),
    scene(
      'PutRegistryPolicy',
      { policyText: registryText },
      { answer: { registryId: accountId }, notOnAws: registryReason },
    ),
    scene('GetRegistryPolicy', {}, { answer: { registryId: accountId }, notOnAws: registryReason }),
    scene('DeleteRegistryPolicy', {}, { answer: { registryId: accountId }, notOnAws: registryReason }),
    scene('DescribeRegistry', {}, { answer: { registryId: accountId, replicationConfiguration: expect.any(Object) } }),
    scene(
      'PutRegistryScanningConfiguration',
      { scanType: 'BASIC', rules: [] },
      { answer: { registryScanningConfiguration: { scanType: 'BASIC' } }, notOnAws: registryReason },
    ),
    scene(
      'GetRegistryScanningConfiguration',
      {},
      { answer: { scanningConfiguration: { scanType: expect.any(String) } } },
    ),
    scene('GetAuthorizationToken', {}, { answer: { authorizationData: [{ expiresAt: expect.any(Date) }] } }),
  ]
}
