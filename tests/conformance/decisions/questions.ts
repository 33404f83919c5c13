import * as ecr from '@aws-sdk/client-ecr'
import * as iam from '@aws-sdk/client-iam'
import * as sts from '@aws-sdk/client-sts'
import type { Row } from './row.ts'

/** An answer of the SDK; the members that are read here are all objects of texts. */
export type Answer = Partial<Record<string, Partial<Record<string, string>>>>

export interface Question {
  service: 'ecr' | 'iam' | 'sts'
  operation: string
  input: (row: Row) => Record<string, unknown>
  /** Error codes that AWS gives only to those who may ask. */
  permitted?: string[]
}

const named = ({ resource, resourceAccount }: Row) => ({
  registryId: resourceAccount,
  repositoryName: resource.split(':repository/')[1],
})
const imageIds = [{ imageTag: 'v1' }]
const last = ({ resource }: Row): string => resource.slice(resource.lastIndexOf('/') + 1)

const requestTags = ({ context }: Row): { Key: string; Value: string }[] =>
  Object.entries(context).flatMap(([key, value]) =>
    key.startsWith('aws:RequestTag/') ? [{ Key: key.slice('aws:RequestTag/'.length), Value: String(value) }] : [],
  )

const ofEcr = (operation: string, input: Question['input'], permitted: string[] = []): Question => ({
  service: 'ecr',
  operation,
  input,
  permitted,
})

const all: Question[] = [
  ofEcr('ListImages', named),
  ofEcr('BatchGetImage', row => ({ ...named(row), imageIds })),
  ofEcr('BatchDeleteImage', row => ({ ...named(row), imageIds })),
  ofEcr('GetDownloadUrlForLayer', row => ({ ...named(row), layerDigest: `sha256:${'0'.repeat(64)}` }), [
    'LayersNotFoundException',
  ]),
  ofEcr('CreateRepository', row => ({ repositoryName: named(row).repositoryName, tags: requestTags(row) })),
  ofEcr('TagResource', row => ({ resourceArn: row.resource, tags: requestTags(row) })),
  ofEcr('UntagResource', row => ({ resourceArn: row.resource, tagKeys: [row.context['aws:TagKeys'] ?? []].flat() })),
  ofEcr('DescribeImages', named),
  ofEcr('DescribeImageScanFindings', row => ({ ...named(row), imageId: imageIds[0] }), ['ImageNotFoundException']),
  ofEcr('DescribeRepositories', row => ({ registryId: row.resourceAccount })),
  ofEcr('PutImage', row => ({ ...named(row), imageManifest: '{}' }), ['InvalidParameterException']),
  ofEcr('GetAuthorizationToken', () => ({})),
  ofEcr('DescribeRegistry', () => ({})),
  { service: 'iam', operation: 'GetUser', input: row => ({ UserName: last(row) }) },
  { service: 'iam', operation: 'CreateUser', input: row => ({ UserName: last(row) }) },
  { service: 'iam', operation: 'ListUsers', input: () => ({}) },
  {
    service: 'iam',
    operation: 'CreatePolicy',
    input: row => ({ PolicyName: last(row), PolicyDocument: '{"Version":"2012-10-17","Statement":[]}' }),
  },
  {
    service: 'sts',
    operation: 'AssumeRole',
    input: ({ resource, context }) => ({
      RoleArn: resource,
      RoleSessionName: context['sts:RoleSessionName'] ?? 'asked',
      ExternalId: context['sts:ExternalId'],
    }),
  },
  { service: 'sts', operation: 'GetCallerIdentity', input: () => ({}) },
  { service: 'sts', operation: 'GetSessionToken', input: () => ({}) },
  { service: 'sts', operation: 'GetFederationToken', input: row => ({ Name: last(row) }) },
  { service: 'sts', operation: 'GetAccessKeyInfo', input: () => ({ AccessKeyId: 'AKIAIOSFODNN7EXAMPLE' }) },
]

const [assumeRole] = all.filter(({ operation }) => operation === 'AssumeRole')

/** The call that is a row's request, by its action in lower case. */
export const questions: Readonly<Record<string, Question>> = {
  ...Object.fromEntries(all.map(question => [`${question.service}:${question.operation}`.toLowerCase(), question])),
  // Permission to tag is asked for by no call of its own; a row about it must allow AssumeRole.
  ...(assumeRole && {
    'sts:tagsession': {
      ...assumeRole,
      input: row => ({ ...assumeRole.input(row), Tags: [{ Key: 'team', Value: 'a' }] }),
    },
  }),
}

interface Client {
  send(command: unknown): Promise<Answer>
  destroy(): void
}

const modules = {
  ecr: { module: ecr as Record<string, unknown>, Client: ecr.ECRClient },
  iam: { module: iam as Record<string, unknown>, Client: iam.IAMClient },
  sts: { module: sts as Record<string, unknown>, Client: sts.STSClient },
} as const

/** One call with a client of its own. */
export const send = async (
  { service, operation }: Pick<Question, 'service' | 'operation'>,
  input: Record<string, unknown>,
  config: ecr.ECRClientConfig,
): Promise<Answer> => {
  const { module, Client } = modules[service]
  const Command = module[`${operation}Command`] as new (given: Record<string, unknown>) => unknown
  const client = new Client(config as object) as unknown as Client
  try {
    return await client.send(new Command(input))
  } finally {
    client.destroy()
  }
}
