import { createHash, randomUUID } from 'node:crypto'
import type { Refusal, Scene, Scenes } from './scene.ts'
import type { ByName } from './senders.ts'
import { allow, document, type World } from './world.ts'

const digestOf = (bytes: string): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`

const newRepository = async (world: World, more: object = {}): Promise<string> => {
  const repositoryName = world.name()
  await world.ecr('CreateRepository', { repositoryName, ...more })
  return repositoryName
}

const arnOf = (world: World, repositoryName: string): string =>
  `arn:aws:ecr:${world.region}:${world.accountId}:repository/${repositoryName}`

const descriptor = (kind: string, digest: string, size: number) => ({
  mediaType: `application/vnd.oci.image.${kind}`,
  digest,
  size,
})

const manifest = (config: string, layers: string[]): string =>
  JSON.stringify({
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    config: descriptor('config.v1+json', digestOf(config), config.length),
    layers: layers.map(layer => descriptor('layer.v1.tar', digestOf(layer), layer.length)),
  })

const upload = async (world: World, repositoryName: string, text: string): Promise<void> => {
  const { uploadId } = await world.ecr('InitiateLayerUpload', { repositoryName })
  const part = { partFirstByte: 0, partLastByte: text.length - 1, layerPartBlob: Buffer.from(text) }
  await world.ecr('UploadLayerPart', { repositoryName, uploadId, ...part })
  await world.ecr('CompleteLayerUpload', { repositoryName, uploadId, layerDigests: [digestOf(text)] })
}

/** Puts an image whose only blob is `content`. */
const put = async (world: World, repositoryName: string, imageTag: string, content: string) => {
  await upload(world, repositoryName, content)
  const input = { repositoryName, imageTag, imageManifest: manifest(content, [content]) }
  await world.ecr('PutImage', input)
  return input
}

const placed = (world: World, repo: string) => ({ repo, acct: world.accountId })

/** What an operation on a repository needs beside its name, for the checks that come before all else. */
const inputs: Readonly<Record<string, object>> = {
  ListImages: {},
  GetRepositoryPolicy: {},
  DeleteRepository: {},
  InitiateLayerUpload: {},
  SetRepositoryPolicy: {
    policyText: document({ Sid: 'x', Principal: '*', ...allow('ecr:ListImages'), Resource: undefined }),
  },
  DescribeImages: {},
  BatchGetImage: { imageIds: [{ imageTag: 'v1' }] },
}

const onEach =
  (more: object, values: (world: World) => Refusal['values'] = () => ({})): Scene =>
  world =>
    Object.entries(inputs).map(([operation, input]) => ({
      call: () => world.ecr(operation, { repositoryName: 'no/such-repository', ...input, ...more }),
      values: values(world) ?? {},
    }))

const setting =
  (operation: string, member: string, texts: (world: World) => string[]): Scene =>
  async world => {
    const of = operation === 'PutRegistryPolicy' ? {} : { repositoryName: await newRepository(world) }
    return texts(world).map(text => ({ call: () => world.ecr(operation, { ...of, [member]: text }) }))
  }

const principal = (...AWS: unknown[]): string =>
  document(...AWS.map(one => ({ Sid: 'x', Effect: 'Allow', Principal: { AWS: one }, Action: 'ecr:ListImages' })))

const rule = (rulePriority: number, selection: object) => ({
  rulePriority,
  selection: { countType: 'imageCountMoreThan', countNumber: 1, ...selection },
  action: { type: 'expire' },
})
const lifecycle: [string, object[]][] = [
  [
    'Only one rule can select Untagged images per storage class',
    [rule(1, { tagStatus: 'untagged' }), rule(2, { tagStatus: 'untagged' })],
  ],
  [
    'Rule for tagStatus=ANY must have the lowest priority per storage class',
    [rule(1, { tagStatus: 'any' }), rule(2, { tagStatus: 'untagged' })],
  ],
  ['Must specify tagPrefixList or tagPatternList when tagStatus=TAGGED.', [rule(1, { tagStatus: 'tagged' })]],
]

const noIdentityPolicy: Scene = async world => {
  const { Arn, credentials } = await world.user()
  const repo = await newRepository(world)
  return ['ListImages', 'DescribeImages', 'GetRepositoryPolicy', 'DeleteRepository'].map(Action => ({
    call: () => world.as(credentials).ecr(Action, { repositoryName: repo }),
    values: { 'caller-arn': Arn, Action, region: world.region, ...placed(world, repo) },
  }))
}

const crossAccount =
  (Action: string, repositoryName?: string): Scene =>
  async world => {
    if (world.target.partner === null) throw new Error('the target has no second account')
    const partner = world.with(world.target.partner)
    const { Arn } = await partner.sts('GetCallerIdentity')
    const owner = world.accountId
    const repo = repositoryName === undefined ? '' : await newRepository(world)
    return {
      call: () => partner.ecr(Action, { registryId: owner, ...(repo === '' ? {} : { repositoryName: repo }) }),
      values: { 'caller-arn': Arn, Action, region: world.region, owner, repo },
    }
  }

const part = (first: number, bytes: Buffer) => ({
  partFirstByte: first,
  partLastByte: first + bytes.length - 1,
  layerPartBlob: bytes,
})

export const ecrScenes: Scenes = {
  'no identity policy allows (same account)': noIdentityPolicy,
  'GetAuthorizationToken: implicit deny': async world => {
    const { Arn, credentials } = await world.user()
    return { call: () => world.as(credentials).ecr('GetAuthorizationToken'), values: { 'caller-arn': Arn } }
  },
  'cross-account and repository policy does not allow': crossAccount('ListImages', 'one'),
  'cross-account, no names given': crossAccount('DescribeRepositories'),
  'CreateRepository: name taken': async world => {
    const repositoryName = await newRepository(world)
    return { call: () => world.ecr('CreateRepository', { repositoryName }), values: placed(world, repositoryName) }
  },
  'any ECR op on a repository: does not exist': onEach({}, world => placed(world, 'no/such-repository')),
  'has images, force absent': async world => {
    const repositoryName = await newRepository(world)
    await put(world, repositoryName, 'v1', 'one')
    return { call: () => world.ecr('DeleteRepository', { repositoryName }), values: placed(world, repositoryName) }
  },
  'none set': async (world, operation) => {
    const repositoryName = await newRepository(world)
    const input = operation.includes('Registry') ? {} : { repositoryName }
    return { call: () => world.ecr(operation, input), values: placed(world, repositoryName) }
  },
  'bad repositoryName': onEach({ repositoryName: 'Not-Lower' }),
  'bad registryId': onEach({ registryId: '12' }),
  'any invalid policy: Resource element, unknown/just-created principal, account that does not exist, arn:aws:iam::<acct>:*, not JSON':
    setting('SetRepositoryPolicy', 'policyText', world => [
      document({ Sid: 'x', Principal: '*', ...allow('ecr:ListImages', arnOf(world, 'x')) }),
      principal(world.arn('role', 'nobody-at-all')),
      principal('999988887777'),
      principal(`arn:aws:iam::${world.accountId}:*`),
      "{'Version': '2012-10-17'}",
    ]),
  'PutRegistryPolicy: any invalid policy': setting('PutRegistryPolicy', 'policyText', () => [
    'not json at all',
    document({ Sid: 'x', Effect: 'Allow', Principal: '*', Action: 'ecr:ReplicateImage' }),
  ]),
  'same digest and tag already there': async world => {
    const repositoryName = await newRepository(world)
    const input = await put(world, repositoryName, 'v1', 'one')
    const digest = digestOf(input.imageManifest)
    return { call: () => world.ecr('PutImage', input), values: { digest, tag: 'v1', ...placed(world, repositoryName) } }
  },
  'tag taken, tag immutable (2025+ wording)': async world => {
    const repo = await newRepository(world, { imageTagMutability: 'IMMUTABLE' })
    await put(world, repo, 'v1', 'one')
    return { call: () => put(world, repo, 'v1', 'two'), values: { tag: 'v1', repo } }
  },
  'manifest names layers not in the repository': async world => {
    const repositoryName = await newRepository(world)
    await upload(world, repositoryName, 'one')
    const imageManifest = manifest('one', ['one', 'two', 'three'])
    return {
      call: () => world.ecr('PutImage', { repositoryName, imageManifest }),
      values: {
        'digest>, ...': '',
        digest: `${digestOf('two')}, ${digestOf('three')}`,
        ...placed(world, repositoryName),
      },
    }
  },
  'too many layers': async world => {
    const repositoryName = await newRepository(world)
    await upload(world, repositoryName, 'one')
    const imageManifest = manifest('one', Array(4201).fill('one'))
    return { call: () => world.ecr('PutImage', { repositoryName, imageManifest }) }
  },
  'no such layer': async world => {
    const repositoryName = await newRepository(world)
    const layerDigest = digestOf('nothing')
    return {
      call: () => world.ecr('GetDownloadUrlForLayer', { repositoryName, layerDigest }),
      values: { digest: layerDigest, ...placed(world, repositoryName) },
    }
  },
  'image does not exist': async world => {
    const repositoryName = await newRepository(world)
    const of = (imageId: ByName, digest: string, tag: string): Refusal => ({
      call: () => world.ecr('DescribeImages', { repositoryName, imageIds: [imageId] }),
      values: { 'digest|null': digest, 'tag|null': tag, ...placed(world, repositoryName) },
    })
    const imageDigest = digestOf('nothing')
    return [of({ imageTag: 'v9' }, 'null', 'v9'), of({ imageDigest }, imageDigest, 'null')]
  },
  'no parts': async world => {
    const repositoryName = await newRepository(world)
    const { uploadId } = await world.ecr('InitiateLayerUpload', { repositoryName })
    return {
      call: () =>
        world.ecr('CompleteLayerUpload', { repositoryName, uploadId, layerDigests: [digestOf(randomUUID())] }),
      values: { uploadId, ...placed(world, repositoryName) },
    }
  },
  'a non-last part under 5 MiB': async world => {
    const repositoryName = await newRepository(world)
    const { uploadId } = await world.ecr('InitiateLayerUpload', { repositoryName })
    const small = Buffer.alloc(1000, 'a')
    await world.ecr('UploadLayerPart', { repositoryName, uploadId, ...part(0, small) })
    await world.ecr('UploadLayerPart', { repositoryName, uploadId, ...part(1000, small) })
    const layerDigests = [digestOf('a'.repeat(2000))]
    return { call: () => world.ecr('CompleteLayerUpload', { repositoryName, uploadId, layerDigests }) }
  },
  'document not mappable': async world => {
    const repositoryName = await newRepository(world)
    return lifecycle.map(([detail, rules]) => ({
      call: () => world.ecr('PutLifecyclePolicy', { repositoryName, lifecyclePolicyText: JSON.stringify({ rules }) }),
      values: { detail },
    }))
  },
}
