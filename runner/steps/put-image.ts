import * as z from 'zod'
import { repositoryArn } from '../aws/arns.ts'
import { sha256 } from '../aws/image.ts'
import { hasCode } from './answers.ts'
import { text } from './fields.ts'
import { given, singleCall } from './single-call.ts'
import { defineStep } from './step-kind.ts'
import { giveTagBack, readImage, tagBefore } from './tag-state.ts'
import { writes } from './touch.ts'

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
  touches: fields => writes('repository', fields['repository-name']),
  prepare: fields => {
    const repositoryName = fields['repository-name']
    const imageTag = fields['image-tag']
    const tagged = `${repositoryName}:${imageTag}`
    const own = { repositoryName, imageTag, ours: sha256(fields['image-manifest']) }
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
          run: on('ecr:PutImage', 'ecr:DescribeRepositories'),
          verify: on('ecr:BatchGetImage'),
          undo: on('ecr:DescribeRepositories'),
          spare: on('ecr:BatchGetImage', 'ecr:BatchDeleteImage', 'ecr:DescribeImages', 'ecr:PutImage'),
        }
      },
      resource: place => ({ type: 'image', name: tagged, arn: repositoryArn(place, repositoryName), part: true }),
      before: ({ admin }) => tagBefore(admin, own),
      verify: async ({ admin }) => {
        const { outcome, image, manifest } = await readImage(admin, repositoryName, { imageTag })
        if (hasCode(outcome, 'RepositoryNotFound')) return { state: 'absent', outcome }
        if (outcome.outcome !== 'allowed') return { state: 'unread', outcome }
        if (manifest === fields['image-manifest']) return { state: 'present', output: { image } }
        const actual = manifest === null ? 'no image' : 'another image'
        return { state: 'differs', output: { image }, differences: [{ field: tagged, expected: 'this image', actual }] }
      },
      undo: ({ admin }, record) => giveTagBack(admin, own, record),
    }
  },
})
