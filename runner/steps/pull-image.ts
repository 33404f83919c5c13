import * as z from 'zod'
import { repositoryArn } from '../aws/arns.ts'
import { cliLine } from './cli-line.ts'
import { dockerLogin, registryHost } from './docker-lines.ts'
import { text, through } from './fields.ts'
import { pullThroughApi, pullThroughRegistry } from './pulled-image.ts'
import { given } from './single-call.ts'
import { type AwsPlace, defineStep } from './step-kind.ts'
import { reads } from './touch.ts'

export const pullImage = defineStep({
  kind: 'pull-image',
  summary: 'Pull an image, manifest, config and layers, and check every digest',
  example: { 'repository-name': 'team-a/alpine', 'image-tag': 'v1' },
  effect: 'reads',
  operation: 'ecr:BatchGetImage',
  schema: z
    .strictObject({
      'repository-name': text('Name of the repository'),
      'image-tag': text('Tag of the image').optional(),
      'image-digest': text('Digest of the image').optional(),
      'registry-id': text('Account whose registry it is; default: the caller’s').optional(),
      through: through('The road: `api` (the default), the SDK’s operations; `registry`, what docker does').optional(),
    })
    .refine(fields => fields['image-tag'] !== undefined || fields['image-digest'] !== undefined, {
      message: 'expected `image-tag` or `image-digest`',
    }),
  touches: fields => reads('repository', fields['repository-name']),
  prepare: fields => {
    const name = fields['repository-name']
    const registryId = fields['registry-id'] ?? null
    const imageId = { ...given({ imageTag: fields['image-tag'], imageDigest: fields['image-digest'] }) }
    const overRegistry = fields.through === 'registry'
    const actions = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer']
    const on = (place: AwsPlace) => repositoryArn({ ...place, account: registryId ?? place.account }, name)
    const reference = fields['image-digest'] ? `@${fields['image-digest']}` : `:${fields['image-tag']}`
    return {
      title: `${name}  ${fields['image-tag'] ?? fields['image-digest']}`,
      actions: [...actions, ...(overRegistry ? ['ecr:GetAuthorizationToken'] : [])],
      permissions: place => ({
        run: [
          ...actions.map(action => ({ action, resource: on(place) })),
          ...(overRegistry ? [{ action: 'ecr:GetAuthorizationToken', resource: '*' }] : []),
        ],
        verify: [],
        undo: [],
      }),
      commands: place => {
        const account = registryId ?? place.account
        if (overRegistry)
          return [
            dockerLogin({ ...place, account }),
            ['docker', 'pull', `${registryHost({ ...place, account })}/${name}${reference}`],
          ]
        return pullCommands(given({ repositoryName: name, registryId: registryId ?? undefined }), imageId)
      },
      resource: () => null,
      requests: place => [
        ...(overRegistry ? [{ action: 'ecr:GetAuthorizationToken', resource: '*' }] : []),
        ...actions.map(action => ({ action, resource: on(place) })),
      ],
      movesData: true,
      run: async context => {
        const image = { repositoryName: name, registryId, imageId }
        const { outcome, size } = await (overRegistry ? pullThroughRegistry : pullThroughApi)(context, image)
        return { outcome, detail: outcome.outcome === 'allowed' ? `${size} bytes` : undefined }
      },
    }
  },
})

/** By hand it takes both calls, too; of the layers the last one of the manifest stands for all. */
function pullCommands(
  where: Readonly<Record<string, unknown>>,
  imageId: Readonly<Record<string, unknown>>,
): string[][] {
  const image = cliLine('ecr:BatchGetImage', { ...where, imageIds: [imageId] })
  const lastDigest = `grep -o 'sha256:[0-9a-f]*' <<< "$1" | tail -n 1`
  return [
    image,
    ['MANIFEST=', ...image, '--query', 'images[0].imageManifest', '--output', 'text'],
    ['LAYER=', 'bash', '-c', lastDigest, 'bash', '$MANIFEST'],
    cliLine('ecr:GetDownloadUrlForLayer', { ...where, layerDigest: '$LAYER' }),
  ]
}
