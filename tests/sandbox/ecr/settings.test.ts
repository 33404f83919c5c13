import { beforeEach, expect, test } from 'vitest'
import { accountId, type MemoryAccount, memoryAccount, partnerId, refusal } from '../memory-account.ts'
import { pushImage } from './image-content.ts'

let account: MemoryAccount
const repositoryName = 'team-a/alpine'
const named = { repositoryName }
const both = { registryId: accountId, repositoryName }

beforeEach(() => {
  account = memoryAccount()
  account.ecr('CreateRepository', named)
})

test('PutImageTagMutability, and back', () => {
  const filters = [{ filterType: 'WILDCARD', filter: 'dev*' }]
  const setting = { imageTagMutability: 'IMMUTABLE_WITH_EXCLUSION', imageTagMutabilityExclusionFilters: filters }
  expect(account.ecr('PutImageTagMutability', { ...named, ...setting })).toEqual({ ...both, ...setting })
  expect(account.ecr('PutImageTagMutability', { ...named, imageTagMutability: 'MUTABLE' })).toEqual({
    ...both,
    imageTagMutability: 'MUTABLE',
  })
  expect(account.ecr('DescribeRepositories', {}).repositories[0]).not.toHaveProperty(
    'imageTagMutabilityExclusionFilters',
  )
  expect(
    refusal(() => account.ecr('PutImageTagMutability', { ...named, imageTagMutability: 'MUTABLE_WITH_EXCLUSION' })),
  ).toMatch('InvalidParameterException')
})

test('scanning is a setting only', () => {
  account.ecr('PutImageScanningConfiguration', { ...named, imageScanningConfiguration: { scanOnPush: true } })
  expect(account.ecr('DescribeRepositories', {}).repositories[0].imageScanningConfiguration).toEqual({
    scanOnPush: true,
  })
  const answer = account.ecr('BatchGetRepositoryScanningConfiguration', { repositoryNames: [repositoryName, 'none'] })
  expect(answer).toMatchObject({
    scanningConfigurations: [{ scanOnPush: true }],
    failures: [{ repositoryName: 'none' }],
  })
  pushImage(account, repositoryName, 'v1')
  const findings = (imageTag: string) =>
    refusal(() => account.ecr('DescribeImageScanFindings', { ...named, imageId: { imageTag } }))
  expect(findings('v1')).toMatch('400 ScanNotFoundException')
  expect(findings('v2')).toMatch('400 ImageNotFoundException')
})

test('the scanning configuration of the registry', () => {
  expect(account.ecr('GetRegistryScanningConfiguration')).toEqual({
    registryId: accountId,
    scanningConfiguration: { scanType: 'BASIC', rules: [] },
  })
  const rules = [{ scanFrequency: 'SCAN_ON_PUSH', repositoryFilters: [{ filter: '*', filterType: 'WILDCARD' }] }]
  account.ecr('PutRegistryScanningConfiguration', { scanType: 'BASIC', rules })
  expect(account.ecr('GetRegistryScanningConfiguration').scanningConfiguration).toEqual({ scanType: 'BASIC', rules })
})

test('a lifecycle policy is kept letter for letter', () => {
  const lifecyclePolicyText =
    ' {"rules":[{"rulePriority":1,"selection":{"tagStatus":"any","countType":"imageCountMoreThan","countNumber":9},"action":{"type":"expire"}}]} '
  expect(account.ecr('PutLifecyclePolicy', { ...named, lifecyclePolicyText })).toEqual({ ...both, lifecyclePolicyText })
  const read = { ...both, lifecyclePolicyText, lastEvaluatedAt: new Date(0) }
  expect(account.ecr('GetLifecyclePolicy', named)).toEqual(read)
  expect(account.ecr('DeleteLifecyclePolicy', named)).toEqual(read)
  expect(refusal(() => account.ecr('GetLifecyclePolicy', named))).toBe(
    `400 LifecyclePolicyNotFoundException: Lifecycle policy does not exist for the repository with name '${repositoryName}' in the registry with id '${accountId}'`,
  )
  expect(refusal(() => account.ecr('PutLifecyclePolicy', { ...named, lifecyclePolicyText: '{"rules":[]}' }))).toMatch(
    "InvalidParameterException: Invalid parameter at 'LifecyclePolicyText' failed to satisfy constraint: 'Lifecycle policy validation failure: ",
  )
})

test('a registry policy stands beside every repository policy', () => {
  const policy = (Principal: object) =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal,
          Action: 'ecr:CreateRepository',
          Resource: `arn:aws:ecr:us-west-2:${accountId}:repository/*`,
        },
      ],
    })
  const policyText = policy({ AWS: `arn:aws:iam::${partnerId}:root` })
  const { policyText: printed } = account.ecr('PutRegistryPolicy', { policyText })
  expect(JSON.parse(printed)).toEqual(JSON.parse(policyText))
  expect(account.ecr('GetRegistryPolicy')).toEqual({ registryId: accountId, policyText: printed })
  expect(account.ecr('DeleteRegistryPolicy')).toEqual({ registryId: accountId, policyText: printed })
  expect(refusal(() => account.ecr('GetRegistryPolicy'))).toBe(
    `400 RegistryPolicyNotFoundException: Registry policy does not exist in the registry with id '${accountId}'`,
  )
  expect(
    refusal(() =>
      account.ecr('PutRegistryPolicy', { policyText: policy({ AWS: `arn:aws:iam::${accountId}:role/none` }) }),
    ),
  ).toBe(
    "400 InvalidParameterException: Invalid parameter at 'PolicyText' failed to satisfy constraint: 'Invalid registry policy provided'",
  )
})

test('DescribeRegistry', () => {
  expect(account.ecr('DescribeRegistry')).toEqual({ registryId: accountId, replicationConfiguration: { rules: [] } })
})
