import { beforeEach, describe, expect, test } from 'vitest'
import { ecr } from '../../../sandbox/ecr/index.ts'
import { accountId, type MemoryAccount, memoryAccount, partnerId, refusal, user } from '../memory-account.ts'
import { pushImage } from './image-content.ts'

let account: MemoryAccount
const repositoryName = 'team-a/alpine'
const named = { repositoryName }
const arn = `arn:aws:ecr:us-west-2:${accountId}:repository/${repositoryName}`

const allow = (principal: unknown) =>
  JSON.stringify({
    Version: '2008-10-17',
    Statement: { Sid: 'Allow pull', Effect: 'Allow', Principal: principal, Action: 'ecr:ListImages' },
  })

beforeEach(() => {
  account = memoryAccount()
  account.ecr('CreateRepository', named)
})

test('CreateRepository answers the defaults and no tags', () => {
  expect(account.ecr('CreateRepository', { repositoryName: 'b', tags: [{ Key: 'k', Value: 'v' }] })).toEqual({
    repository: {
      repositoryArn: `arn:aws:ecr:us-west-2:${accountId}:repository/b`,
      registryId: accountId,
      repositoryName: 'b',
      repositoryUri: `${accountId}.dkr.ecr.us-west-2.amazonaws.com/b`,
      createdAt: expect.any(Date),
      imageTagMutability: 'MUTABLE',
      imageScanningConfiguration: { scanOnPush: false },
      encryptionConfiguration: { encryptionType: 'AES256' },
    },
  })
})

test('DescribeRepositories by name, and page by page', () => {
  for (const name of ['b', 'c']) account.ecr('CreateRepository', { repositoryName: name })
  expect(account.ecr('DescribeRepositories', { repositoryNames: ['c'] }).repositories).toHaveLength(1)
  const names = (answer: { repositories?: { repositoryName: string }[] }) =>
    answer.repositories?.map(item => item.repositoryName)
  const first = account.ecr('DescribeRepositories', { maxResults: 2 })
  expect(names(first)).toEqual(['b', 'c'])
  const second = account.ecr('DescribeRepositories', { maxResults: 2, nextToken: first.nextToken })
  expect(names(second)).toEqual([repositoryName])
  expect(second).not.toHaveProperty('nextToken')
})

test('DeleteRepository by force takes images, tags and the policy along', () => {
  pushImage(account, repositoryName, 'v1')
  account.ecr('SetRepositoryPolicy', { ...named, policyText: allow('*') })
  expect(account.ecr('DeleteRepository', { ...named, force: true }).repository).toMatchObject({ repositoryArn: arn })
  account.ecr('CreateRepository', named)
  expect(account.ecr('ListImages', named)).toEqual({ imageIds: [] })
  expect(refusal(() => account.ecr('GetRepositoryPolicy', named))).toMatch('RepositoryPolicyNotFoundException')
  expect(pushImage(account, repositoryName, 'v1')).toMatch(/^sha256:/)
})

test('a policy comes back as ECR prints it, from Set, Get and Delete', () => {
  const printed = `{
  "Version" : "2008-10-17",
  "Statement" : [ {
    "Sid" : "Allow pull",
    "Effect" : "Allow",
    "Principal" : {
      "AWS" : [ "arn:aws:iam::${partnerId}:root", "arn:aws:iam::${accountId}:user/admin" ]
    },
    "Action" : "ecr:ListImages"
  } ]
}`
  const policyText = allow({ AWS: [partnerId, `arn:aws:iam::${accountId}:user/admin`] })
  const answer = { registryId: accountId, repositoryName, policyText: printed }
  expect(account.ecr('SetRepositoryPolicy', { ...named, policyText })).toEqual(answer)
  expect(account.ecr('GetRepositoryPolicy', named)).toEqual(answer)
  expect(account.ecr('DeleteRepositoryPolicy', named)).toEqual(answer)
})

test('a policy that locks its setter out needs force', () => {
  const policyText = allow('*').replace('Allow"', 'Deny"').replace('ecr:ListImages', 'ecr:*')
  expect(refusal(() => account.ecr('SetRepositoryPolicy', { ...named, policyText }))).toBe(
    '400 InvalidParameterException: The policy would prevent the caller from setting a new policy',
  )
  expect(account.ecr('SetRepositoryPolicy', { ...named, policyText, force: true }).repositoryName).toBe(repositoryName)
})

test('tags', () => {
  account.ecr('TagResource', {
    resourceArn: arn,
    tags: [
      { Key: 'a', Value: '1' },
      { Key: 'A', Value: '2' },
    ],
  })
  account.ecr('TagResource', { resourceArn: arn, tags: [{ Key: 'a', Value: '3' }] })
  account.ecr('UntagResource', { resourceArn: arn, tagKeys: ['A'] })
  expect(account.ecr('ListTagsForResource', { resourceArn: arn })).toEqual({ tags: [{ Key: 'a', Value: '3' }] })
})

test('GetAuthorizationToken holds for twelve hours', () => {
  const { authorizationData } = account.ecr('GetAuthorizationToken')
  expect(authorizationData).toEqual([
    {
      authorizationToken: expect.any(String),
      expiresAt: new Date('2026-11-22T22:00:00Z'),
      proxyEndpoint: `https://${accountId}.dkr.ecr.us-west-2.amazonaws.com`,
    },
  ])
  expect(Buffer.from(authorizationData[0].authorizationToken, 'base64').toString()).toMatch(/^AWS:/)
})

const notFound = (name: string) =>
  `400 RepositoryNotFoundException: The repository with name '${name}' does not exist in the registry with id '${accountId}'`
const invalid =
  "400 InvalidParameterException: Invalid parameter at 'PolicyText' failed to satisfy constraint: 'Invalid repository policy provided'"

test.each([
  'DescribeImages',
  'ListImages',
  'BatchGetImage',
  'BatchDeleteImage',
  'PutImage',
  'DeleteRepository',
  'SetRepositoryPolicy',
  'GetRepositoryPolicy',
  'DeleteRepositoryPolicy',
  'InitiateLayerUpload',
  'UploadLayerPart',
  'CompleteLayerUpload',
  'BatchCheckLayerAvailability',
  'GetDownloadUrlForLayer',
] as const)('%s of a repository that does not exist', name => {
  expect(refusal(() => account.ecr(name, { repositoryName: 'none' }))).toBe(notFound('none'))
})

test.each<[string, (account: MemoryAccount) => unknown, string]>([
  [
    'a name that is taken',
    a => a.ecr('CreateRepository', named),
    `400 RepositoryAlreadyExistsException: The repository with name '${repositoryName}' already exists in the registry with id '${accountId}'`,
  ],
  [
    'DescribeRepositories, none',
    a => a.ecr('DescribeRepositories', { repositoryNames: [repositoryName, 'none'] }),
    notFound('none'),
  ],
  [
    'DeleteRepository with images',
    a => {
      pushImage(a, repositoryName, 'v1')
      a.ecr('DeleteRepository', named)
    },
    `400 RepositoryNotEmptyException: The repository with name '${repositoryName}' in registry with id '${accountId}' cannot be deleted because it still contains images`,
  ],
  [
    'a policy that was never set',
    a => a.ecr('GetRepositoryPolicy', named),
    `400 RepositoryPolicyNotFoundException: Repository policy does not exist for the repository with name '${repositoryName}' in the registry with id '${accountId}'`,
  ],
  ['a policy that is not JSON', a => a.ecr('SetRepositoryPolicy', { ...named, policyText: "{'Version': 1}" }), invalid],
  [
    'a policy with a Resource',
    a =>
      a.ecr('SetRepositoryPolicy', { ...named, policyText: allow('*').replace('"Action"', '"Resource":"*","Action"') }),
    invalid,
  ],
  [
    'a policy for a role that does not exist',
    a => a.ecr('SetRepositoryPolicy', { ...named, policyText: allow({ AWS: `arn:aws:iam::${accountId}:role/none` }) }),
    invalid,
  ],
  [
    'a policy for an account that does not exist',
    a => a.ecr('SetRepositoryPolicy', { ...named, policyText: allow({ AWS: '999999999999' }) }),
    invalid,
  ],
  [
    'tags of no repository',
    a => a.ecr('ListTagsForResource', { resourceArn: 'arn:aws:iam::1:role/x' }),
    "400 InvalidParameterException: Invalid parameter at 'resourceArn' failed to satisfy constraint: 'Invalid ARN'",
  ],
])('%s', (_, act, expected) => {
  expect(refusal(() => act(account))).toBe(expected)
})

describe('needs', () => {
  test('a repository brings its policy, the account that owns it and its tags', () => {
    account.ecr('TagResource', { resourceArn: arn, tags: [{ Key: 'team', Value: 'a' }] })
    account.ecr('SetRepositoryPolicy', { ...named, policyText: allow('*') })
    account.caller = user('admin', partnerId)
    expect(account.needs(ecr.ListImages, { ...named, registryId: accountId })).toEqual([
      {
        action: 'ecr:ListImages',
        resource: arn,
        resourceAccount: accountId,
        resourcePolicies: [{ name: `repository policy of ${repositoryName}`, text: allow('*') }],
        context: { 'aws:ResourceTag/team': 'a', 'ecr:ResourceTag/team': 'a' },
      },
    ])
  })

  test.each([
    ['GetAuthorizationToken', {}, [{ action: 'ecr:GetAuthorizationToken', resource: '*' }]],
    ['DescribeRepositories', {}, [{ resource: `arn:aws:ecr:us-west-2:${accountId}:repository/*` }]],
    [
      'DescribeRepositories',
      { repositoryNames: ['x', 'y'] },
      [{ resource: arn.replace(repositoryName, 'x') }, { resource: arn.replace(repositoryName, 'y') }],
    ],
    [
      'CreateRepository',
      { repositoryName: 'n', tags: [{ Key: 'k', Value: 'v' }] },
      [
        { action: 'ecr:CreateRepository', context: { 'aws:RequestTag/k': 'v', 'ecr:ResourceTag/k': 'v' } },
        { action: 'ecr:TagResource', resource: arn.replace(repositoryName, 'n') },
      ],
    ],
  ] as const)('%s %j', (name, input, expected) => {
    expect(account.needs(ecr[name], input)).toMatchObject(expected)
  })
})
