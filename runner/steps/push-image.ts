import * as z from 'zod'
import type { Outcome } from '../../assertions/index.ts'
import { repositoryArn } from '../aws/arns.ts'
import { type Blob, type TinyImage, tinyImage } from '../aws/image.ts'
import { hasCode, listAt, stringAt } from './answers.ts'
import { cliLine } from './cli-line.ts'
import { dockerImage, dockerLogin, registryHost } from './docker-lines.ts'
import { int, text, through } from './fields.ts'
import { pushBlobs } from './push-blobs.ts'
import { pushThroughRegistry } from './registry-push.ts'
import { type Aws, defineStep } from './step-kind.ts'
import { giveTagBack, tagBefore } from './tag-state.ts'
import { writes } from './touch.ts'

const pushActions = [
  'ecr:PutImage',
  'ecr:BatchCheckLayerAvailability',
  'ecr:InitiateLayerUpload',
  'ecr:UploadLayerPart',
  'ecr:CompleteLayerUpload',
]

/** The order in which they are asked for. */
const inOrder = [...pushActions.slice(1), 'ecr:PutImage']

/** Over the registry the answer to the question whether a layer is there has no reason: the upload's tells it, where that is refused as well. */
const overRegistryInOrder = [
  'ecr:InitiateLayerUpload',
  ...inOrder.filter(action => action !== 'ecr:InitiateLayerUpload'),
]

/** Uploads one layer, as docker does: ask whether it is there, then initiate, parts, complete. */
async function uploadLayer(aws: Aws, repositoryName: string, { digest, bytes }: Blob): Promise<Outcome | null> {
  const there = await aws.call('ecr:BatchCheckLayerAvailability', { repositoryName, layerDigests: [digest] })
  if (there.outcome !== 'allowed') return there
  if (listAt(there.output, 'layers').some(layer => stringAt(layer, 'layerAvailability') === 'AVAILABLE')) return null
  const begun = await aws.call('ecr:InitiateLayerUpload', { repositoryName })
  if (begun.outcome !== 'allowed') return begun
  const { uploadId, partSize } = begun.output as { uploadId?: string; partSize?: number }
  const size = typeof partSize === 'number' ? partSize : 10_485_760
  for (let first = 0; first < bytes.length; first += size) {
    const part = bytes.subarray(first, first + size)
    const range = { partFirstByte: first, partLastByte: first + part.length - 1 }
    const sent = await aws.call('ecr:UploadLayerPart', { repositoryName, uploadId, ...range, layerPartBlob: part })
    if (sent.outcome !== 'allowed') return sent
  }
  const completed = await aws.call('ecr:CompleteLayerUpload', { repositoryName, uploadId, layerDigests: [digest] })
  return completed.outcome === 'allowed' || hasCode(completed, 'LayerAlreadyExists') ? null : completed
}

export const pushImage = defineStep({
  kind: 'push-image',
  summary: 'Push a tiny OCI image, built in memory; undone by deleting it',
  example: { 'repository-name': 'team-a/alpine', 'image-tag': 'v1' },
  effect: 'changes',
  operation: 'ecr:PutImage',
  schema: z.strictObject({
    'repository-name': text('Name of the repository'),
    'image-tag': text('Tag of the image'),
    layers: int('How many layers; default 1', 1).optional(),
    through: through('The road: `api` (the default), the SDK’s operations; `registry`, what docker does').optional(),
    size: z
      .string()
      .regex(/^\d+(B|KiB|MiB)$/, 'expected a size such as 512B, 1KiB, 6MiB')
      .optional()
      .describe('Bytes of each layer, such as 1KiB (the default) or 6MiB'),
  }),
  touches: fields => writes('repository', fields['repository-name']),
  prepare: fields => {
    const name = fields['repository-name']
    const tag = fields['image-tag']
    let built: TinyImage | undefined
    const build = () => {
      built ??= tinyImage(fields.layers ?? 1, bytesOf(fields.size ?? '1KiB'))
      return built
    }
    const overRegistry = fields.through === 'registry'
    const imageIds = [{ imageTag: tag }]
    return {
      title: `${name}  ${tag}`,
      actions: [...pushActions, ...(overRegistry ? ['ecr:GetAuthorizationToken'] : [])],
      permissions: place => {
        const on = (...actions: string[]) => actions.map(action => ({ action, resource: repositoryArn(place, name) }))
        return {
          run: [
            ...(overRegistry ? [{ action: 'ecr:GetAuthorizationToken', resource: '*' }] : []),
            ...on(...pushActions, 'ecr:DescribeRepositories'),
          ],
          verify: on('ecr:BatchGetImage'),
          undo: on('ecr:DescribeRepositories'),
          spare: on('ecr:BatchGetImage', 'ecr:BatchDeleteImage', 'ecr:DescribeImages', 'ecr:PutImage'),
        }
      },
      commands: place => {
        const reference = `${registryHost(place)}/${name}:${tag}`
        return overRegistry
          ? [dockerImage(reference), dockerLogin(place), ['docker', 'push', reference]]
          : pushCommands(name, tag, build())
      },
      resource: place => ({ type: 'image', name: `${name}:${tag}`, arn: repositoryArn(place, name), part: true }),
      requests: place => [
        ...(overRegistry ? [{ action: 'ecr:GetAuthorizationToken', resource: '*' }] : []),
        ...(overRegistry ? overRegistryInOrder : inOrder).map(action => ({
          action,
          resource: repositoryArn(place, name),
        })),
      ],
      before: ({ admin }) => tagBefore(admin, { repositoryName: name, imageTag: tag, ours: build().digest }),
      run: async context => {
        const { aws } = context
        const image = build()
        const remember = { imageDigest: image.digest }
        const detail = `${image.digest.slice(0, 15)}...`
        if (overRegistry) return { outcome: await pushThroughRegistry(context, name, tag, image), remember, detail }
        const refused = await pushBlobs(image, layer => uploadLayer(aws, name, layer))
        if (refused) return { outcome: refused }
        const outcome = await aws.call('ecr:PutImage', {
          repositoryName: name,
          imageManifest: image.manifest,
          imageManifestMediaType: image.manifestMediaType,
          imageTag: tag,
        })
        return { outcome, remember, detail }
      },
      verify: async ({ admin }) => {
        const outcome = await admin.call('ecr:BatchGetImage', { repositoryName: name, imageIds })
        if (hasCode(outcome, 'RepositoryNotFound')) return { state: 'absent', outcome }
        if (outcome.outcome !== 'allowed') return { state: 'unread', outcome }
        const image = listAt(outcome.output, 'images')[0]
        return image ? { state: 'present', output: { image } } : { state: 'absent', outcome: notFound(name, tag) }
      },
      movesData: true,
      isItself: output => stringAt(output, 'image', 'imageId', 'imageDigest') === build().digest,
      undo: ({ admin }, record) => {
        const ours = stringAt(record.remember, 'imageDigest') ?? build().digest
        return giveTagBack(admin, { repositoryName: name, imageTag: tag, ours }, record)
      },
    }
  },
})

const notFound = (name: string, tag: string): Outcome => ({
  outcome: 'failed',
  cause: 'request',
  code: 'ImageNotFound',
  message: `no image \`${tag}\` in \`${name}\``,
  httpStatus: null,
  requestId: null,
})

function bytesOf(size: string): number {
  const units: Readonly<Record<string, number>> = { B: 1, KiB: 1024, MiB: 1024 * 1024 }
  const match = /^(\d+)(B|KiB|MiB)$/.exec(size)
  return Number(match?.[1]) * (units[match?.[2] ?? ''] ?? Number.NaN)
}

const layerFile = 'accesslab-layer.bin'

/** By hand it takes the same calls: a layer goes through a file, the upload id comes from the call before. */
function pushCommands(repositoryName: string, imageTag: string, image: ReturnType<typeof tinyImage>): string[][] {
  const layer = ({ digest, bytes }: Blob): string[][] => [
    cliLine('ecr:BatchCheckLayerAvailability', { repositoryName, layerDigests: digest }),
    [
      'UPLOAD_ID=',
      ...cliLine('ecr:InitiateLayerUpload', { repositoryName }),
      ...['--query', 'uploadId', '--output', 'text'],
    ],
    ['bash', '-c', `base64 -d > ${layerFile} <<< ${Buffer.from(bytes).toString('base64')}`],
    cliLine('ecr:UploadLayerPart', {
      repositoryName,
      uploadId: '$UPLOAD_ID',
      partFirstByte: 0,
      partLastByte: bytes.length - 1,
      layerPartBlob: `fileb://${layerFile}`,
    }),
    cliLine('ecr:CompleteLayerUpload', { repositoryName, uploadId: '$UPLOAD_ID', layerDigests: digest }),
  ]
  return [
    ...[image.config, ...image.layers].flatMap(layer),
    cliLine('ecr:PutImage', {
      repositoryName,
      imageManifest: image.manifest,
      imageManifestMediaType: image.manifestMediaType,
      imageTag,
    }),
  ]
}
