import * as z from 'zod'
import { repositoryArn } from '../aws/arns.ts'
import { hasCode, listAt, stringAt } from './answers.ts'
import { text } from './fields.ts'
import { goneWithRepository } from './repository-state.ts'
import { given, singleCall } from './single-call.ts'
import { type Aws, defineStep } from './step-kind.ts'

export const putImage = defineStep({
  kind: 'put-image',
  summary:
    'Put a manifest under a tag, such as an image that is there already under another one; undone by taking the tag off',
  example: {
    'repository-name': 'team-a/alpine',
    'image-tag': 'stable',
    'image-manifest': '{{steps.read.images[0].imageManifest}}',
  },
  effect: 'changes',
  operation: 'ecr:PutImage',
  schema: z.strictObject({
    'repository-name': text('Name of the repository'),
    'image-manifest': text('The manifest, as its text'),
    'image-tag': text('Tag of the image'),
    'image-manifest-media-type': text('Media type, where the manifest does not name its own').optional(),
  }),
  prepare: fields => {
    const repositoryName = fields['repository-name']
    const imageTag = fields['image-tag']
    const tagged = `${repositoryName}:${imageTag}`
    const input = given({
      repositoryName,
      imageManifest: fields['image-manifest'],
      imageManifestMediaType: fields['image-manifest-media-type'],
      imageTag,
    })
    return {
      ...singleCall({
        operation: 'ecr:PutImage',
        input,
        title: `${repositoryName}  ${imageTag}`,
        on: place => repositoryArn(place, repositoryName),
      }),
      permissions: place => {
        const on = (...actions: string[]) =>
          actions.map(action => ({ action, resource: repositoryArn(place, repositoryName) }))
        return {
          run: on('ecr:PutImage'),
          verify: on('ecr:BatchGetImage'),
          undo: [],
          spare: on('ecr:BatchGetImage', 'ecr:BatchDeleteImage', 'ecr:PutImage'),
        }
      },
      resource: place => ({ type: 'image', name: tagged, arn: repositoryArn(place, repositoryName), part: true }),
      before: async ({ admin }) => ({ imageManifest: (await read(admin, repositoryName, imageTag)).manifest }),
      verify: async ({ admin }) => {
        const { outcome, image, manifest } = await read(admin, repositoryName, imageTag)
        if (hasCode(outcome, 'RepositoryNotFound')) return { state: 'absent', outcome }
        if (outcome.outcome !== 'allowed') return { state: 'unread', outcome }
        if (manifest === fields['image-manifest']) return { state: 'present', output: { image } }
        const actual = manifest === null ? 'no image' : 'another image'
        return { state: 'differs', output: { image }, differences: [{ field: tagged, expected: 'this image', actual }] }
      },
      undo: async ({ admin }, record) => {
        const former = stringAt(record.before, 'imageManifest')
        const { outcome, manifest } = await read(admin, repositoryName, imageTag)
        const gone = goneWithRepository(outcome)
        if (gone) return gone
        if (outcome.outcome !== 'allowed') return { result: 'left', outcome }
        if (manifest === former) return { result: 'gone' }
        if (manifest !== fields['image-manifest'])
          return { result: 'foreign', note: `\`${tagged}\` was moved by somebody since: it stays` }
        const undone =
          former === null
            ? await admin.call('ecr:BatchDeleteImage', { repositoryName, imageIds: [{ imageTag }] })
            : await admin.call('ecr:PutImage', { repositoryName, imageManifest: former, imageTag })
        const after = await read(admin, repositoryName, imageTag)
        return after.outcome.outcome === 'allowed' && after.manifest === former
          ? { result: 'gone' }
          : { result: 'left', outcome: undone }
      },
    }
  },
})

async function read(aws: Aws, repositoryName: string, imageTag: string) {
  const outcome = await aws.call('ecr:BatchGetImage', { repositoryName, imageIds: [{ imageTag }] })
  const image = outcome.outcome === 'allowed' ? listAt(outcome.output, 'images')[0] : undefined
  return { outcome, image, manifest: stringAt(image, 'imageManifest') }
}
